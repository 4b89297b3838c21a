import { fstatSync, read } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';

const readBytes = promisify(read);
const MOST_BYTES = 4096;
const NEWLINE = 0x0a;

/**
 * Reads one line from a file descriptor, byte by byte so that the next line stays there for the next question.
 *
 * @throws Fault `no-answer` at the end of the input, `key-cancelled`
 */
export async function readLine(fd: number, signal?: AbortSignal): Promise<string> {
  const line = Buffer.alloc(MOST_BYTES);
  try {
    let length = 0;
    keepFromBlocking(fd);
    while (length < MOST_BYTES) {
      if (signal?.aborted) throw keyCancelled();
      const { bytesRead } = await readBytes(fd, line, length, 1, null).catch(retryLater);
      if (bytesRead < 0) continue;
      if (bytesRead === 0 && length === 0) throw noAnswer();
      if (bytesRead === 0 || line[length] === NEWLINE) break;
      length += 1;
    }
    return line.subarray(0, length).toString('utf8').replace(/\r$/, '');
  } finally {
    line.fill(0);
  }
}

/**
 * A read that waits inside the system keeps the whole process from ending, so that Ctrl+C would do nothing. Node makes a
 * pipe not block when it opens it as a stream; nothing is read through that one.
 */
function keepFromBlocking(fd: number): void {
  try {
    if (fd === 0) {
      process.stdin.pause();
      return;
    }
    const what = fstatSync(fd);
    if (what.isFIFO() || what.isSocket()) new Socket({ fd, readable: false, writable: false }).unref();
  } catch (cause) {
    throw noAnswer(cause);
  }
}

/** A descriptor that does not block says EAGAIN while nobody has typed. */
async function retryLater(error: unknown): Promise<{ bytesRead: number }> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EOF') return { bytesRead: 0 };
  if (code !== 'EAGAIN') throw noAnswer(error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { bytesRead: -1 };
}

function noAnswer(cause?: unknown): Fault {
  return new Fault({
    code: 'no-answer',
    say: 'A question was asked and there was no answer to read.',
    todo: 'Run the agent in a terminal, or give the answers on its input (PINs with --pin-fd N).',
    cause,
  });
}
