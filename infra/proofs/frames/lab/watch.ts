import { BROADCAST, Command, HidError, parsePacket, REPORT_SIZE } from '../../../local/key/hid/packet';
import { readTree, type Tree } from '../bend/cbor-tree';
import { createMessages } from './messages';
import { virtualNow } from './virtual-time';

/** The promise: nothing hangs longer than this without a sign of life. Milliseconds. */
export const LONGEST_SILENCE_MS = 5_000;
/** However lively the key: nobody is kept by one request for longer. Milliseconds. */
const LONGEST_REQUEST_MS = 155_000;

const CLIENT_PIN = 0x06;
const PIN_HASH_ENC = 6n;
/** After these the key has found the PIN right: done, and "this PIN must be changed" (CTAP 2.1 §6.5.5.7.2). */
const PIN_WAS_RIGHT = [0x00, 0x37];

/** Looks on from the line: what the agent sends, what it is given, and how long it waits. */
export interface Watch {
  /** The agent has the key open. */
  opened(): void;
  closed(): void;
  /** A report by the agent. */
  wrote(report: Uint8Array): void;
  /** A report to the agent. */
  delivered(report: Uint8Array): void;
  /** The person typed a PIN. */
  typed(): void;
  /** When, at the latest, something must have happened. Undefined while no key is open: then a person is waited for. */
  deadline(): number | undefined;
  readonly violations: readonly string[];
}

function memberOf(tree: Tree | undefined, key: bigint): Tree | undefined {
  if (tree?.kind !== 'map') return undefined;
  return tree.entries.find(([name]) => name.kind === 'integer' && name.value === key)?.[1];
}

const carriesPin = (message: Uint8Array): boolean =>
  message[0] === CLIENT_PIN && memberOf(readTree(message.subarray(1))?.tree, PIN_HASH_ENC) !== undefined;

/** What is known of a PIN that was sent. */
type PinFate = 'none' | 'on its way' | 'right' | 'not right';

export function createWatch(): Watch {
  const violations: string[] = [];
  const nonces = new Set<string>();
  const channels = new Set<number>();
  let open = 0;
  let sign = virtualNow();
  let asked = virtualNow();
  let typed = 0;
  /** What became of the PIN that was sent last. */
  let pin: PinFate = 'none';
  /** What was known of it before it was sent. */
  let before: PinFate = 'none';

  const whole = createMessages(({ command, message }) => {
    asked = virtualNow();
    if (command === Command.INIT) nonces.add(Buffer.from(message).toString('hex'));
    if (command !== Command.CBOR || !carriesPin(message)) return;
    // A PIN that the key has found right costs nothing; any other has to be typed for this very try.
    if (pin !== 'right') typed -= 1;
    if (typed < 0) violations.push('a PIN was sent that nobody typed');
    before = pin;
    pin = 'on its way';
  });

  /** The first thing that comes after a PIN tells what became of it. */
  const heard = (command: number, first: number | undefined): void => {
    if (command === Command.ERROR && first === HidError.CHANNEL_BUSY) {
      // Not taken (CTAP 2.1 §11.2.5): it may be sent again, and costs nothing.
      pin = before;
      if (pin !== 'right') typed += 1;
      return;
    }
    pin = command === Command.CBOR && PIN_WAS_RIGHT.includes(first ?? -1) ? 'right' : 'not right';
  };

  return {
    violations,
    opened() {
      open += 1;
      sign = virtualNow();
    },
    closed() {
      open -= 1;
    },
    typed() {
      typed += 1;
    },
    wrote(report) {
      sign = virtualNow();
      if (report.length !== REPORT_SIZE) {
        violations.push(`the agent wrote a report of ${report.length} bytes`);
        return;
      }
      const packet = parsePacket(report);
      const forChannel = packet.kind === 'init' && packet.command === Command.INIT && packet.cid === BROADCAST;
      if (!forChannel && !channels.has(packet.cid)) violations.push('the agent spoke on a channel that is not its own');
      whole(report);
    },
    delivered(report) {
      if (report.length !== REPORT_SIZE) return;
      const packet = parsePacket(report);
      if (packet.kind === 'init' && packet.command === Command.INIT) {
        const nonce = packet.data.subarray(0, 8).toString('hex');
        if (nonces.has(nonce)) channels.add(packet.data.readUInt32BE(8));
      }
      if (!channels.has(packet.cid)) return;
      sign = virtualNow();
      if (pin !== 'on its way' || packet.kind !== 'init' || packet.command === Command.KEEPALIVE) return;
      heard(packet.command, packet.data[0]);
    },
    deadline() {
      return open > 0 ? Math.min(sign + LONGEST_SILENCE_MS, asked + LONGEST_REQUEST_MS) : undefined;
    },
  };
}
