import { type ReadStream } from 'node:tty';
import { keyCancelled } from '../hid/faults';
import { Secret } from '../protocol/secret';

const END = new Set(['\r', '\n']);
const BACKSPACE = new Set(['\x7f', '\b']);
const CANCEL = new Set(['\x03', '\x04', '\x1b']);
const CLEAR = '\x15';

/** Reads a line from a terminal that shows nothing of it. Ctrl-C, Ctrl-D and Escape cancel: Fault `key-cancelled`. */
export function readHidden(input: ReadStream, signal?: AbortSignal): Promise<Secret> {
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const settle = (end: () => void) => {
      input.off('data', onData);
      signal?.removeEventListener('abort', onAbort);
      input.setRawMode(false);
      input.pause();
      end();
      typed = [];
    };
    const onAbort = () => settle(() => reject(keyCancelled()));
    const onData = (chunk: Buffer | string) => {
      const text = chunk.toString();
      // Escape alone cancels; followed by more it is an arrow or a function key, which means nothing here.
      if (text.length > 1 && text.startsWith('\x1b')) return;
      for (const character of text) {
        if (END.has(character)) return settle(() => resolve(new Secret(typed.join(''))));
        if (CANCEL.has(character)) return onAbort();
        if (BACKSPACE.has(character)) typed.pop();
        else if (character === CLEAR) typed = [];
        else typed.push(character);
      }
    };
    if (signal?.aborted) return reject(keyCancelled());
    signal?.addEventListener('abort', onAbort);
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', onData);
    input.resume();
  });
}
