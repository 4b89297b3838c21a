import { CTAPHID, HID_ERROR, type Keepalive } from './commands';
import { keyCancelled, keyGone, keyMalformed, keySilent, keyTooSlow } from './faults';
import { type Assembly, assemble, type Packet, toReports } from './frames';
import { type Line } from './line';

/** A CTAPHID_ERROR frame that came instead of an answer. */
export class HidError extends Error {
  constructor(readonly hidCode: number) {
    super(`CTAPHID error 0x${hidCode.toString(16).padStart(2, '0')}`);
    this.name = 'HidError';
  }
}

/** One message to the key, and what to make of what comes back. */
export interface Exchange {
  cid: number;
  command: number;
  message: Uint8Array;
  /** Milliseconds of silence after which the key counts as dead; each keepalive starts them anew. */
  inactivityMs: number;
  /** Milliseconds after which the exchange is over, however lively the key is. */
  longestMs: number;
  /** Milliseconds the key has to end a cancelled call. */
  cancelMs: number;
  signal?: AbortSignal | undefined;
  /** Milliseconds after which the call is cancelled as by `signal`, however lively the key is. */
  limitMs?: number | undefined;
  /** Told when `limitMs` is over. */
  onLimit?: (() => void) | undefined;
  onKeepalive?: ((keepalive: Keepalive) => void) | undefined;
  /** For INIT: passes over answers that are meant for someone else, and over late answers to earlier calls. */
  accept?: (reply: Uint8Array) => boolean;
}

/**
 * Does `then` after `ms`, but hears first whatever came meanwhile: a process that stood still (a busy machine, a long
 * computation) must not take its own silence for the key's.
 *
 * @returns takes it back
 */
function after(ms: number, then: () => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    turn = setImmediate(then);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}

/**
 * Sends one message and waits for its answer (CTAP 2.1 §11.2.5). When `signal` fires or `limitMs` is over, CANCEL is sent and the key's own
 * last word is returned (for CBOR the one byte 0x2D); a key that has none ends in the Fault `key-cancelled`.
 *
 * @throws HidError, or a Fault: `key-gone`, `key-silent`, `key-too-slow`, `key-malformed`, `key-cancelled`
 */
export function exchange(line: Line, request: Exchange): Promise<Uint8Array> {
  const { cid, command, inactivityMs, signal, accept } = request;
  return new Promise((resolve, reject) => {
    let settled = false;
    let assembly: Assembly | undefined;
    let notSilent: (() => void) | undefined;
    let notCancelled: (() => void) | undefined;
    let noLimit: (() => void) | undefined;
    const notTooSlow = after(request.longestMs, () => fail(keyTooSlow(false)));

    const settle = (end: () => void) => {
      if (settled) return;
      settled = true;
      notSilent?.();
      notCancelled?.();
      notTooSlow();
      noLimit?.();
      signal?.removeEventListener('abort', cancel);
      line.listen(undefined);
      end();
    };
    const fail = (error: unknown) =>
      settle(() => reject(error instanceof Error ? error : keyMalformed('unknown', error)));
    const malformed = (error: unknown) => fail(keyMalformed(error instanceof Error ? error.message : String(error)));
    const alive = () => {
      notSilent?.();
      notSilent = after(inactivityMs, () => fail(keySilent(inactivityMs)));
    };
    const whole = (message: Uint8Array | undefined) => {
      if (!message) return;
      assembly = undefined;
      if (!accept || accept(message)) settle(() => resolve(message));
    };
    const cancel = () => {
      if (notCancelled) return;
      notCancelled = after(request.cancelMs, () => fail(keyCancelled()));
      for (const report of toReports(cid, CTAPHID.CANCEL, new Uint8Array())) line.write(report).catch(fail);
    };
    const begin = (packet: Extract<Packet, { kind: 'init' }>) => {
      if (packet.command === CTAPHID.KEEPALIVE) {
        alive();
        // 1 is "processing", 2 is "user presence needed"; what else a key may invent counts as work.
        request.onKeepalive?.(packet.data[0] === 2 ? 'touch' : 'processing');
      } else if (packet.command === CTAPHID.ERROR) {
        fail(new HidError(packet.data[0] ?? HID_ERROR.OTHER));
      } else if (packet.command !== command) {
        if (!accept) malformed(`answered command ${command} with ${packet.command}`);
      } else {
        const started = assemble(packet);
        assembly = started;
        alive();
        whole(started.whole);
      }
    };

    line.listen({
      onGone: (cause) => fail(keyGone(cause)),
      onPacket(packet) {
        // Other channels belong to other programs; they neither help us nor keep us waiting.
        if (packet.cid !== cid) return;
        try {
          if (assembly) {
            alive();
            whole(assembly.add(packet));
          } else if (packet.kind === 'init') begin(packet);
        } catch (error) {
          malformed(error);
        }
      },
    });
    if (line.gone) return fail(keyGone());
    alive();
    if (signal?.aborted) return fail(keyCancelled());
    signal?.addEventListener('abort', cancel);
    if (request.limitMs !== undefined) {
      noLimit = after(request.limitMs, () => {
        request.onLimit?.();
        cancel();
      });
    }

    const send = async () => {
      for (const report of toReports(cid, command, request.message)) {
        if (settled) return;
        await line.write(report);
      }
    };
    send().catch(fail);
  });
}
