import { connect as connectSocket, type Socket } from 'node:net';
import { keyGone } from '../hid/faults';
import { type Transport, type TransportEvents } from '../hid/transport';
import { type Fault } from '../protocol/fault';
import { type Secret } from '../protocol/secret';
import { brokerMissing, brokerNotTrusted, brokerRefused } from './faults';
import { FRAME, type Frame, FrameError, type FrameType, NONCE_BYTES, PROTOCOL_VERSION } from './frames';
import { type BrokerDevice, decodeDevices, decodeFault } from './messages';
import { freshNonce, proofHolds, proofOf } from './proofs';
import { ownRendezvous, type Rendezvous } from './rendezvous';
import { readSecret } from './secret-file';
import { openWire, type Wire } from './wire';

/** A conversation with the broker, both sides sure of each other. */
export interface BrokerConnection {
  /** The keys that the broker offers. */
  list(): Promise<BrokerDevice[]>;
  /** Turns the conversation into the line of one key; it ends with that line. */
  open(path: string, events: TransportEvents): Promise<Transport>;
  close(): Promise<void>;
}

const TOLD = [FRAME.challenge, FRAME.welcome, FRAME.devices, FRAME.opened, FRAME.fault, FRAME.report] as const;
const ANSWER_MS = 5000;

/**
 * Finds the broker of this user, lets it prove that it is the one that left the secret, and proves the same.
 *
 * @throws Fault `device-broker-missing`, `device-broker-not-trusted`, `device-broker-refused`
 */
export async function connectToBroker(place: Rendezvous = ownRendezvous()): Promise<BrokerConnection> {
  const secret = await readSecret(place);
  const conversation = converse(await connected(place.socket));
  try {
    await shakeHands(conversation, secret);
  } catch (error) {
    await conversation.wire.end();
    throw error;
  }
  const { wire, ask } = conversation;
  return {
    async list() {
      return decoded(decodeDevices, await ask(FRAME.list, new Uint8Array(), FRAME.devices));
    },
    async open(path, events) {
      conversation.carryTo(events);
      await ask(FRAME.open, Buffer.from(path), FRAME.opened);
      return {
        write: (report) =>
          wire.send(FRAME.report, report).catch((cause: unknown) => {
            throw keyGone(cause);
          }),
        close: () => wire.end(),
      };
    },
    close: () => wire.end(),
  };
}

async function shakeHands({ ask }: Conversation, secret: Secret<Uint8Array>): Promise<void> {
  const agent = freshNonce();
  const challenge = await ask(FRAME.hello, Buffer.concat([Buffer.of(PROTOCOL_VERSION), agent]), FRAME.challenge);
  const nonces = { agent, broker: challenge.slice(0, NONCE_BYTES) };
  if (!proofHolds(challenge.slice(NONCE_BYTES), 'broker', secret, nonces)) {
    throw brokerNotTrusted('it does not know the secret');
  }
  await ask(FRAME.proof, proofOf('agent', secret, nonces), FRAME.welcome);
}

interface Conversation {
  wire: Wire;
  /** Sends one frame and gives the payload of the one that must follow. */
  ask(type: FrameType, payload: Uint8Array, answer: FrameType): Promise<Uint8Array>;
  /** From `opened` on, reports and the end of the connection go there. */
  carryTo(events: TransportEvents): void;
}

function converse(socket: Socket): Conversation {
  let awaited:
    { answer: FrameType; resolve: (payload: Uint8Array) => void; reject: (error: Error) => void } | undefined;
  let events: TransportEvents | undefined;
  let open = false;
  let over = false;

  const wire = openWire(socket, TOLD, {
    onFrame({ type, payload }: Frame) {
      if (type === FRAME.report && open) return events?.onReport(payload);
      // While a key is open, a fault is the broker's last word before it ends the line.
      if (type === FRAME.fault && open) return;
      if (!awaited || (type !== FRAME.fault && type !== awaited.answer)) {
        throw new FrameError(`frame ${type} out of turn`);
      }
      const asked = awaited;
      awaited = undefined;
      if (type === FRAME.fault) return asked.reject(toldFault(payload));
      if (type === FRAME.opened) open = true;
      asked.resolve(payload);
    },
    onEnd(cause) {
      over = true;
      awaited?.reject(cause instanceof FrameError ? brokerNotTrusted(cause.message, cause) : brokerRefused(cause));
      if (open) events?.onGone(cause);
    },
  });

  return {
    wire,
    carryTo: (listener) => void (events = listener),
    ask: (type, payload, answer) =>
      new Promise<Uint8Array>((resolve, reject) => {
        if (over) return reject(brokerRefused());
        const timer = setTimeout(() => reject(brokerMissing(new Error('no answer'))), ANSWER_MS);
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            settle(value);
          };
        awaited = { answer, resolve: settled(resolve), reject: settled(reject) };
        wire.send(type, payload).catch((cause: unknown) => awaited?.reject(brokerRefused(cause)));
      }),
  };
}

/** Reads what the broker said; what cannot be read is no broker's. */
function decoded<T>(decode: (payload: Uint8Array) => T, payload: Uint8Array): T {
  try {
    return decode(payload);
  } catch (cause) {
    throw brokerNotTrusted('it does not keep to the protocol', cause);
  }
}

function toldFault(payload: Uint8Array): Fault {
  try {
    return decodeFault(payload);
  } catch (cause) {
    return brokerNotTrusted('it does not keep to the protocol', cause);
  }
}

function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path);
    const refuse = (cause?: Error) => {
      socket.destroy();
      const { code } = (cause ?? {}) as NodeJS.ErrnoException;
      reject(code === 'EACCES' || code === 'EPERM' ? brokerRefused(cause) : brokerMissing(cause));
    };
    socket.setTimeout(ANSWER_MS, () => refuse());
    socket.once('error', refuse);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', refuse);
      resolve(socket);
    });
  });
}
