import { isDeepStrictEqual } from 'node:util';
import { BROADCAST, Command, MAX_MESSAGE, toReports } from '../../../local/key/hid/packet';
import { type HidPort } from '../../../local/key';
import { type Dice } from '../../seed';
import { bendMessage } from '../bend/bend-message';
import { bendWire, type Delivery, GRAVE_KINDS, MILD_KINDS, type Passing } from '../bend/bend-wire';
import { type Book } from './book';
import { settled } from './drive';
import { type GenuineKey, type KeyState } from './genuine';
import { createMessages } from './messages';
import { answerFault, bringsPin, mayStaySilent } from './siege-rules';
import { nextMoment, passTime, virtualNow } from './virtual-time';

/** Longer than a key waits for the rest of a message, for a touch, or keeps a lock. Milliseconds. */
const PATIENCE_MS = 45_000;
/** Of what never ends, so much. */
const MOST_REPORTS = 60;
const NONCE = Buffer.from('besieger');
const CBOR_SHARE = 4;

/** One wrong request, on its way: what was sent, and whether it is a whole message, properly cut into reports. */
interface Blow {
  kind: string;
  reports: readonly Delivery[];
  whole: Uint8Array | undefined;
}

export interface Siege {
  /** Sends something that no sane program sends. @returns what the key did wrong */
  strike(dice: Dice, sign: (message: Uint8Array) => Uint8Array): Promise<string[]>;
  close(): void;
}

/** Lets the key finish whatever it does. */
async function quiet(): Promise<void> {
  const end = virtualNow() + PATIENCE_MS;
  for (await settled(); (nextMoment() ?? end) < end; await settled()) passTime();
}

function aim({ requests }: Book, cid: number, dice: Dice, sign: (message: Uint8Array) => Uint8Array): Blow {
  const request = dice.one(requests);
  const bent = dice.below(3) > 0 ? bendMessage(request, dice) : request;
  const message = (dice.below(2) === 0 ? sign(bent) : bent).subarray(0, MAX_MESSAGE);
  const passing: Passing = { cid, command: Command.CBOR, message };
  if (dice.below(CBOR_SHARE) > 0) {
    const reports = toReports(cid, Command.CBOR, message).map((what) => ({ wait: 0, what }));
    return { kind: 'request', reports, whole: message };
  }
  const other: Passing = dice.below(4) === 0 ? { ...passing, command: dice.below(128) } : passing;
  const kind = dice.one(dice.one([GRAVE_KINDS, MILD_KINDS]));
  const reports: Delivery[] = [];
  for (const delivery of bendWire(kind, other, dice)) {
    reports.push(delivery);
    if (reports.length >= MOST_REPORTS) break;
  }
  return { kind, reports, whole: undefined };
}

/** Opens a channel to a good key and sends it what `book` holds, bent. */
export async function besiege(
  { device, store }: GenuineKey,
  book: Book,
  onStatus: (status: number) => void,
): Promise<Siege> {
  let heard: Passing[] = [];
  let port: HidPort | undefined;
  let cid = 0;

  async function open(): Promise<void> {
    port = device.attach(createMessages((passing) => void heard.push(passing)));
    heard = [];
    for (const report of toReports(BROADCAST, Command.INIT, NONCE)) port.receive(report);
    await settled();
    cid = Buffer.from(heard[0]?.message ?? Buffer.alloc(12)).readUInt32BE(8);
    if (cid === 0) throw new Error('the key gives no channel');
  }

  async function send(deliveries: readonly Delivery[]): Promise<void> {
    for (const { wait, what } of deliveries) {
      const end = virtualNow() + wait;
      while (wait > 0 && (nextMoment() ?? Infinity) <= end && passTime()) await settled();
      if (what === 'unplug') {
        port?.detach();
        await open();
      } else port?.receive(what);
    }
  }

  /** INIT on the own channel puts both in step again; then getInfo must be answered. */
  async function isAlive(): Promise<boolean> {
    heard = [];
    for (const report of toReports(cid, Command.INIT, NONCE)) port?.receive(report);
    for (const report of toReports(cid, Command.CBOR, Buffer.of(0x04))) port?.receive(report);
    await quiet();
    return heard.some(({ command, message }) => command === Command.CBOR && message[0] === 0);
  }

  function judge({ whole, reports }: Blow, before: KeyState): string[] {
    const faults = heard.flatMap((passing) => answerFault(passing) ?? []);
    const answers = heard.filter(({ command }) => command !== Command.KEEPALIVE);
    if (whole && answers.length !== 1) faults.push(`${answers.length} answers to one request`);
    const begins = reports.some(({ what }) => what !== 'unplug' && !mayStaySilent(what));
    const pulled = reports.some(({ what }) => what === 'unplug');
    if (begins && !pulled && answers.length === 0) faults.push('no answer at all');
    for (const { command, message } of answers) if (command === Command.CBOR) onStatus(message[0] ?? -1);
    const done = answers.some(({ command, message }) => command === Command.CBOR && message[0] === 0);
    const after = store.read();
    const brought = whole ? bringsPin(whole) : true;
    if (after.pinRetries < before.pinRetries && !brought) faults.push('a PIN try is lost, and no PIN was sent');
    const { pinRetries, signCount } = after;
    if (!done && !brought && !isDeepStrictEqual({ ...before, pinRetries, signCount }, after)) {
      faults.push('a refused request changed the key');
    }
    return faults;
  }

  await open();
  return {
    async strike(dice, sign) {
      const before = store.read();
      const blow = aim(book, cid, dice, sign);
      heard = [];
      await send(blow.reports);
      // A whole request is answered without time passing, but for those that want a finger.
      await (blow.whole ? settled() : quiet());
      if (blow.whole && heard.length === 0) await quiet();
      const faults = judge(blow, before);
      if (!blow.whole && !(await isAlive())) faults.push('the key does not answer any more');
      const what = blow.whole ? Buffer.from(blow.whole).toString('hex').slice(0, 200) : blow.kind;
      return faults.map((fault) => `${fault}, after ${what}`);
    },
    close: () => port?.detach(),
  };
}
