import { type Socket } from 'node:net';
import { type Device } from '../hid/devices';
import { type Transport } from '../hid/transport';
import { Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { brokerNotAllowed } from './faults';
import { FRAME, type Frame, FrameError, NONCE_BYTES, PROTOCOL_VERSION } from './frames';
import { encodeDevices, encodeFault } from './messages';
import { freshNonce, type Nonces, proofHolds, proofOf } from './proofs';
import { reportPolicy } from './report-policy';
import { openWire } from './wire';

/** Milliseconds. */
export interface BrokerTimes {
  /** In which an agent must have proved who it is. Default 3000. */
  handshakeMs: number;
  /** Without a word, before a key is open. Default 30 000. */
  waitingMs: number;
  /** Without a report in either direction, while a key is open. Default 600 000: a person may be at a question. */
  idleMs: number;
}

/** What serving one connection takes. */
export interface ServeDeps {
  secret: Secret<Uint8Array>;
  /** The keys that may be opened, as they are plugged in now. */
  list: () => Promise<Device[]>;
  times: BrokerTimes;
  /** A line for the log: never what goes over the wire. */
  say: (line: string) => void;
}

/** One connection, until it is over. */
export interface ServedConnection {
  readonly over: Promise<void>;
  close(): Promise<void>;
}

const TOLD = [FRAME.hello, FRAME.proof, FRAME.list, FRAME.open, FRAME.report] as const;

/**
 * Serves one agent: it proves that it knows the secret, may list the keys, may open one, and then the connection is that
 * key's line. Anything out of turn ends it.
 */
export function serveConnection(socket: Socket, { secret, list, times, say }: ServeDeps): ServedConnection {
  const policy = reportPolicy();
  let expects: (frame: Frame) => Promise<void> = hello;
  let transport: Transport | undefined;
  let limit = times.handshakeMs;
  let timer = setTimeout(expire, limit);
  let closing: Promise<void> | undefined;
  let ended: () => void;
  const over = new Promise<void>((resolve) => (ended = resolve));

  const wire = openWire(socket, TOLD, {
    onFrame: (frame) => {
      stir();
      return expects(frame);
    },
    onEnd(cause) {
      if (cause instanceof FrameError) say(`ended: ${cause.message}`);
      void settle();
    },
  });

  async function hello({ type, payload }: Frame): Promise<void> {
    if (type !== FRAME.hello || payload[0] !== PROTOCOL_VERSION) throw new FrameError('no hello of this version');
    const nonces: Nonces = { agent: payload.slice(1, 1 + NONCE_BYTES), broker: freshNonce() };
    expects = (frame) => proof(frame, nonces);
    await wire.send(FRAME.challenge, Buffer.concat([nonces.broker, proofOf('broker', secret, nonces)]));
  }

  async function proof({ type, payload }: Frame, nonces: Nonces): Promise<void> {
    if (type !== FRAME.proof || !proofHolds(payload, 'agent', secret, nonces)) throw new FrameError('no proof');
    expects = waiting;
    stir(times.waitingMs);
    await wire.send(FRAME.welcome);
  }

  async function waiting({ type, payload }: Frame): Promise<void> {
    if (type === FRAME.list) await telling(FRAME.devices, async () => encodeDevices(await list()));
    else if (type === FRAME.open) await telling(FRAME.opened, () => openKey(Buffer.from(payload).toString('utf8')));
    else throw new FrameError(`frame ${type} before a key is open`);
  }

  async function openKey(path: string): Promise<Uint8Array> {
    // Only what is on the list right now: no other file or device of this machine, whoever asks.
    const device = (await list()).find((each) => each.path === path);
    if (!device) throw brokerNotAllowed('a device that is no security key here');
    const opened = await device.open({
      onReport(report) {
        stir();
        if (policy.isForAgent(report)) wire.send(FRAME.report, report).catch(() => undefined);
      },
      onGone: () => void close(),
    });
    if (closing) {
      await opened.close();
      throw new FrameError('the connection is closed');
    }
    transport = opened;
    expects = carry;
    stir(times.idleMs);
    say(`opened ${path}`);
    return new Uint8Array();
  }

  async function carry({ type, payload }: Frame): Promise<void> {
    if (type !== FRAME.report) throw new FrameError(`frame ${type} while a key is open`);
    const refused = policy.refuses(payload);
    if (refused !== undefined) {
      await tell(brokerNotAllowed(refused));
      throw new FrameError(`refused ${refused}`);
    }
    // A key that was pulled out meanwhile ends the connection by itself.
    await transport?.write(payload).catch(() => close());
  }

  /** Answers with what `work` gives, or says why not. */
  async function telling(type: Frame['type'], work: () => Promise<Uint8Array>): Promise<void> {
    let answer: Uint8Array;
    try {
      answer = await work();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      say(`could not: ${error.code}`);
      return tell(error);
    }
    await wire.send(type, answer);
  }

  const tell = (fault: Fault) => wire.send(FRAME.fault, encodeFault(fault));

  function stir(next = limit): void {
    if (closing) return;
    limit = next;
    clearTimeout(timer);
    timer = setTimeout(expire, limit);
  }
  function expire(): void {
    say('ended: nothing was said for too long');
    void close();
  }

  function settle(): Promise<void> {
    closing ??= (async () => {
      clearTimeout(timer);
      await transport?.close();
      await wire.end();
      ended();
    })();
    return closing;
  }
  const close = () => settle();
  return { over, close };
}
