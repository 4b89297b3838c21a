import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../protocol/fault';
import { BROADCAST_CID, CTAPHID, HID_ERROR, type InitReply, type Keepalive, parseInitReply } from './commands';
import { exchange, HidError } from './exchange';
import { keyBusy, keyCancelled, keyMalformed } from './faults';
import { MAX_MESSAGE_BYTES } from './frames';
import { type Line, openLine } from './line';
import { type OpenTransport } from './transport';

/** How long to wait, in milliseconds. */
export interface ChannelTimes {
  /** Silence after which the key counts as dead. Default 4500: CTAPHID wants a keepalive every 100. */
  inactivityMs?: number;
  /** How long to try again while another program has the key. Default 4500. */
  busyMs?: number;
  /** How long a cancelled call may take to end. Default 2000. */
  cancelMs?: number;
}

/** For one call. */
export interface CallOptions {
  /** Fires CANCEL; the call then ends with what the key says last. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which the same happens. `onLimit` is told then. */
  limitMs?: number | undefined;
  onLimit?: (() => void) | undefined;
  onKeepalive?: ((keepalive: Keepalive) => void) | undefined;
}

/** A CTAPHID channel: messages in, messages out, one at a time. */
export interface Channel {
  readonly about: InitReply;
  readonly gone: boolean;
  /**
   * Sends one message and gives the answer's payload. Calls queue up behind each other.
   *
   * @throws Fault `key-gone`, `key-silent`, `key-too-slow`, `key-malformed`, `key-busy`, `key-cancelled`, `key-refused`,
   *   `key-request-too-large`
   */
  call(command: number, message: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  ping(data: Uint8Array): Promise<void>;
  /** Lets the key blink, where it can; says whether it can. */
  wink(): Promise<boolean>;
  close(): Promise<void>;
}

const BUSY_PAUSE_MS = 100;
/** Beyond any touch or fingerprint; callers set shorter limits by their signal. */
const LONGEST_MS = 150_000;

/** Opens the transport, then a channel of our own on it (CTAP 2.1 §11.2.9.1.3). */
export async function openChannel(open: OpenTransport, times: ChannelTimes = {}): Promise<Channel> {
  const line = await openLine(open);
  try {
    return await initialise(line, times);
  } catch (error) {
    await line.close();
    throw error instanceof HidError ? hidFault(error) : error;
  }
}

async function initialise(line: Line, { inactivityMs = 4500, busyMs = 4500, cancelMs = 2000 }: ChannelTimes) {
  let about = await init(BROADCAST_CID);
  let outOfStep = false;
  let last: Promise<unknown> = Promise.resolve();

  async function init(cid: number): Promise<InitReply> {
    const nonce = randomBytes(8);
    const accept = (reply: Uint8Array) => parseInitReply(reply, nonce) !== undefined;
    // INIT is answered at once: a key that only keeps itself alive meanwhile gains nothing.
    const waits = { inactivityMs, cancelMs, longestMs: inactivityMs + 250 };
    const send = () => exchange(line, { cid, command: CTAPHID.INIT, message: nonce, accept, ...waits });
    const reply = parseInitReply(await whileBusy(send, busyMs), nonce);
    if (!reply || reply.cid === BROADCAST_CID || reply.cid === 0) throw keyMalformed('INIT gave no usable channel');
    return reply;
  }

  /** Puts the key and us in step again after a broken call: INIT on our own channel ends whatever it was doing. */
  async function resynchronise() {
    try {
      about = await init(about.cid);
    } catch (error) {
      if (!(error instanceof HidError)) throw error;
      about = await init(BROADCAST_CID);
    }
    outOfStep = false;
  }

  async function callNow(command: number, message: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    if (options.signal?.aborted) throw keyCancelled();
    try {
      if (outOfStep) await resynchronise();
      const waits = { inactivityMs, cancelMs, longestMs: LONGEST_MS };
      const send = () => exchange(line, { cid: about.cid, command, message, ...waits, ...options });
      return await whileBusy(send, busyMs, options.signal);
    } catch (error) {
      // The call is never sent again by itself: it may have cost a PIN retry. Only the next call finds a clean channel.
      outOfStep = true;
      throw error instanceof HidError ? hidFault(error) : error;
    }
  }

  const channel: Channel = {
    get about() {
      return about;
    },
    get gone() {
      return line.gone;
    },
    call(command, message, options = {}) {
      if (message.length > MAX_MESSAGE_BYTES) return Promise.reject(requestTooLarge(message.length));
      const result = last.then(() => callNow(command, message, options));
      last = result.catch(() => undefined);
      return result;
    },
    async ping(data) {
      const echo = await channel.call(CTAPHID.PING, data);
      if (Buffer.compare(echo, data) !== 0) throw keyMalformed('PING came back changed');
    },
    async wink() {
      if (!about.canWink) return false;
      await channel.call(CTAPHID.WINK, new Uint8Array());
      return true;
    },
    close: () => line.close(),
  };
  return channel;
}

/** CHANNEL_BUSY means the message was not taken: the one error after which sending it again is safe. */
async function whileBusy<T>(send: () => Promise<T>, busyMs: number, signal?: AbortSignal): Promise<T> {
  const end = Date.now() + busyMs;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof HidError) || error.hidCode !== HID_ERROR.CHANNEL_BUSY) throw error;
      if (Date.now() + BUSY_PAUSE_MS > end) throw keyBusy(error);
      await sleep(BUSY_PAUSE_MS, undefined, signal ? { signal } : {}).catch((cause: unknown) => {
        throw keyCancelled(cause);
      });
    }
  }
}

function requestTooLarge(bytes: number): Fault {
  return new Fault({
    code: 'key-request-too-large',
    say: 'The request is larger than the security key takes.',
    todo: 'Report this to your helpdesk; another model of key may work.',
    facts: { bytes, limit: MAX_MESSAGE_BYTES },
  });
}

function hidFault(error: HidError): Fault {
  const { hidCode } = error;
  if (hidCode === HID_ERROR.CHANNEL_BUSY || hidCode === HID_ERROR.LOCK_REQUIRED) return keyBusy(error);
  if (hidCode === HID_ERROR.INVALID_CMD) {
    return new Fault({
      code: 'key-refused',
      say: 'The security key does not know this command.',
      todo: 'Use a key that supports FIDO2.',
      facts: { hidCode },
      cause: error,
    });
  }
  return keyMalformed(error.message, error);
}
