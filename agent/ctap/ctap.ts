import { type Channel } from '../hid/channel';
import { CTAPHID, type Keepalive } from '../hid/commands';
import { keyCancelled, keyMalformed, keyTooSlow } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from './cbor';
import { ctapFault } from './ctap-fault';
import { STATUS } from './status';

/** CTAP2 command codes (CTAP 2.1 §6.1 and following). */
export const CTAP2 = {
  makeCredential: 0x01,
  getAssertion: 0x02,
  getInfo: 0x04,
  clientPin: 0x06,
  reset: 0x07,
  getNextAssertion: 0x08,
  bioEnrollment: 0x09,
  credentialManagement: 0x0a,
  selection: 0x0b,
  largeBlobs: 0x0c,
  authenticatorConfig: 0x0d,
  bioEnrollmentPreview: 0x40,
  credentialManagementPreview: 0x41,
} as const;

/** For one command. */
export interface SendOptions {
  signal?: AbortSignal | undefined;
  onKeepalive?: ((keepalive: Keepalive) => void) | undefined;
  /** Milliseconds after which the key is told to stop, however lively it is. Default 60 000. */
  limitMs?: number | undefined;
}

/** Sends one command; undefined where the key's answer is no more than "done". */
export type Send = (command: number, parameters?: CborMap, options?: SendOptions) => Promise<CborValue>;

/** CTAP2 over one channel: commands in CBOR, status codes as Faults. */
export interface Ctap {
  readonly send: Send;
  /** Runs commands that must follow each other with nothing in between; `send` of others waits meanwhile. */
  sequence<T>(run: (send: Send) => Promise<T>): Promise<T>;
}

/** Every key takes this much (CTAP 2.1 §6.4, maxMsgSize). */
export const DEFAULT_MAX_MESSAGE_BYTES = 1024;

/**
 * @param maxMsgSize from getInfo: a longer request is refused here with the Fault `key-request-too-large`
 */
export function createCtap(channel: Channel, maxMsgSize = DEFAULT_MAX_MESSAGE_BYTES): Ctap {
  // A key that claims less than the least is not believed: it would be of no use at all.
  const limit = Math.max(maxMsgSize, DEFAULT_MAX_MESSAGE_BYTES);
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  }

  const sendNow: Send = async (command, parameters, options = {}) => {
    const body = parameters ? encodeCbor(parameters) : new Uint8Array();
    if (body.length + 1 > limit) throw ctapFault(STATUS.REQUEST_TOO_LARGE, { bytes: body.length + 1, limit });
    const reply = await bounded(options, (bound) => channel.call(CTAPHID.CBOR, Buffer.from([command, ...body]), bound));
    const status = reply[0];
    if (status === undefined) throw keyMalformed('a CBOR answer without a status');
    if (status !== STATUS.OK) throw ctapFault(status);
    return reply.length === 1 ? undefined : decodeCbor(reply.subarray(1));
  };

  return {
    send: (...call) => inTurn(() => sendNow(...call)),
    sequence: (run) => inTurn(() => run(sendNow)),
  };
}

type Bound = SendOptions & { onLimit: () => void };

/** Adds the overall limit, and tells "the person cancelled" from "nobody came". */
async function bounded(options: SendOptions, call: (bound: Bound) => Promise<Uint8Array>): Promise<Uint8Array> {
  const { signal, limitMs = 60_000, onKeepalive } = options;
  const seen = { touch: false, late: false };
  const stopped = () => (signal?.aborted ? keyCancelled() : keyTooSlow(seen.touch));
  try {
    const reply = await call({
      signal,
      limitMs,
      onLimit: () => (seen.late = true),
      onKeepalive(keepalive) {
        seen.touch ||= keepalive === 'touch';
        onKeepalive?.(keepalive);
      },
    });
    if (reply[0] === STATUS.KEEPALIVE_CANCEL && (seen.late || signal?.aborted)) throw stopped();
    return reply;
  } catch (error) {
    throw error instanceof Fault && error.code === 'key-cancelled' ? stopped() : error;
  }
}
