import { BROADCAST, Command, REPORT_SIZE, toReports } from '../../../local/key/hid/packet';
import { type Dice } from '../../seed';

/** One thing that comes over the wire, so many milliseconds after the last. */
export interface Delivery {
  wait: number;
  /** A report, of whatever length; or the key is pulled out. */
  what: Uint8Array | 'unplug';
}

/** A whole message, on its way. */
export interface Passing {
  cid: number;
  command: number;
  message: Uint8Array;
}

/** May be endless: it is taken only as long as somebody listens. */
type Bend = (passing: Passing, dice: Dice) => Iterable<Delivery>;

const LATE_MS = [4_400, 4_600, 9_000, 70_000];

const reportsOf = ({ cid, command, message }: Passing): Buffer[] => toReports(cid, command, message);
const at = (wait: number, what: Delivery['what']): Delivery => ({ wait, what });
const now = (reports: readonly Uint8Array[]): Delivery[] => reports.map((report) => at(0, report));
const anyBytes = (length: number, dice: Dice): Buffer => Buffer.from(Array.from({ length }, () => dice.below(256)));
const otherChannel = ({ cid }: Passing, dice: Dice): number =>
  dice.one([0, 1, BROADCAST, cid ^ (1 << dice.below(31)), 0x7fffffff]) >>> 0;

/** The reports with one of them made wrong. */
function one(passing: Passing, dice: Dice, wrong: (report: Buffer) => Uint8Array): Delivery[] {
  const reports = reportsOf(passing);
  const hit = dice.below(reports.length);
  return now(reports.map((report, index) => (index === hit ? wrong(report) : report)));
}

/** The reports with others put among them. */
function among(passing: Passing, dice: Dice, others: readonly Delivery[]): Delivery[] {
  const reports = now(reportsOf(passing));
  const place = dice.below(reports.length + 1);
  return [...reports.slice(0, place), ...others, ...reports.slice(place)];
}

function* endless(each: () => Delivery): Generator<Delivery> {
  for (;;) yield each();
}

const keepalive = (cid: number, dice: Dice): Uint8Array =>
  toReports(
    cid,
    Command.KEEPALIVE,
    dice.one([Buffer.of(1), Buffer.of(2), Buffer.of(dice.below(256)), Buffer.alloc(0)]),
  )[0] ?? Buffer.alloc(REPORT_SIZE);

const errorReport = (cid: number, dice: Dice): Uint8Array =>
  toReports(cid, Command.ERROR, Buffer.of(dice.below(256)))[0] ?? Buffer.alloc(REPORT_SIZE);

/** What a good key's neighbours do to its line: the message itself arrives. */
const MILD: Readonly<Record<string, Bend>> = {
  keepalives: (passing, dice) => [
    ...Array.from({ length: 1 + dice.below(20) }, () => at(100, keepalive(passing.cid, dice))),
    ...now(reportsOf(passing)),
  ],
  'foreign packets': (passing, dice) => {
    const foreign = { ...passing, cid: otherChannel(passing, dice), message: anyBytes(dice.below(300), dice) };
    return among(passing, dice, now(reportsOf(foreign)));
  },
  'foreign noise': (passing, dice) => {
    const noise = anyBytes(REPORT_SIZE, dice);
    noise.writeUInt32BE((passing.cid ^ 0x5a5a5a5a) >>> 0);
    return among(passing, dice, now([noise]));
  },
  'short and long reports': (passing, dice) =>
    among(passing, dice, now([anyBytes(dice.one([0, 1, 4, 5, 7, 63, 65, 128, 1024]), dice)])),
  'stray continuations': (passing, dice) => {
    const stray = anyBytes(REPORT_SIZE, dice);
    stray.writeUInt32BE(passing.cid);
    stray[4] = dice.below(128);
    return [at(0, stray), ...now(reportsOf(passing))];
  },
  twice: (passing) => now([...reportsOf(passing), ...reportsOf(passing)]),
  drip: (passing, dice) => reportsOf(passing).map((report) => at(1 + dice.below(4_000), report)),
};

/** What no good key does. */
const GRAVE: Readonly<Record<string, Bend>> = {
  silence: () => [],
  'cut off': (passing, dice) => {
    const reports = reportsOf(passing);
    return now(reports.slice(0, dice.below(reports.length)));
  },
  'pulled out': (passing, dice) => {
    const reports = reportsOf(passing);
    return [...now(reports.slice(0, dice.below(reports.length + 1))), at(dice.below(50), 'unplug')];
  },
  'cut report': (passing, dice) => one(passing, dice, (report) => report.subarray(0, dice.below(REPORT_SIZE))),
  'long report': (passing, dice) => one(passing, dice, (report) => Buffer.concat([report, anyBytes(1, dice)])),
  'flipped bits': (passing, dice) =>
    one(passing, dice, (report) => {
      const byte = dice.below(dice.one([8, REPORT_SIZE]));
      report[byte] = (report[byte] ?? 0) ^ (1 << dice.below(8));
      return report;
    }),
  'wrong sequence': (passing, dice) =>
    one(passing, dice, (report) => {
      if (((report[4] ?? 0) & 0x80) === 0) report[4] = dice.below(128);
      return report;
    }),
  'out of order': (passing, dice) => now(dice.shuffled(reportsOf(passing))),
  'a report lost': (passing, dice) => {
    const reports = reportsOf(passing);
    const lost = dice.below(reports.length);
    return now(reports.filter((_, index) => index !== lost));
  },
  'a report doubled': (passing, dice) => {
    const reports = reportsOf(passing);
    const doubled = dice.below(reports.length);
    return now(reports.flatMap((report, index) => (index === doubled ? [report, report] : [report])));
  },
  'another channel': (passing, dice) => now(reportsOf({ ...passing, cid: otherChannel(passing, dice) })),
  'a report of another channel': (passing, dice) =>
    one(passing, dice, (report) => {
      report.writeUInt32BE(otherChannel(passing, dice));
      return report;
    }),
  'another length': (passing, dice) => {
    const reports = reportsOf(passing);
    const { length } = passing.message;
    reports[0]?.writeUInt16BE(
      dice.one([0, 1, Math.max(0, length - 1), length + 1, length + 60, 7609, 7610, 65_535]),
      5,
    );
    return now(reports);
  },
  'another command': (passing, dice) => now(reportsOf({ ...passing, command: dice.below(128) })),
  'an error': (passing, dice) => [at(dice.below(200), errorReport(passing.cid, dice))],
  'an error within': (passing, dice) => among(passing, dice, now([errorReport(passing.cid, dice)])),
  'a new message within': (passing, dice) => {
    const other = { ...passing, command: dice.one([passing.command, Command.INIT, Command.MSG, Command.PING]) };
    return among(passing, dice, now(reportsOf(other).slice(0, 1)));
  },
  'keepalives within': (passing, dice) => among(passing, dice, now([keepalive(passing.cid, dice)])),
  late: (passing, dice) => reportsOf(passing).map((report, index) => at(index === 0 ? dice.one(LATE_MS) : 0, report)),
  'stops halfway, goes on late': (passing, dice) =>
    reportsOf(passing).map((report, index) => at(index === 1 ? dice.one(LATE_MS) : 0, report)),
  'keepalives for ever': ({ cid }, dice) =>
    endless(() => at(dice.one([100, 1_000, 2_000, 4_000]), keepalive(cid, dice))),
  'foreign keepalives for ever': (passing, dice) => {
    const cid = otherChannel(passing, dice);
    return endless(() => at(100, keepalive(cid === passing.cid ? 1 : cid, dice)));
  },
  'noise for ever': (_passing, dice) => endless(() => at(dice.one([100, 300, 900]), anyBytes(REPORT_SIZE, dice))),
  'continuations for ever': ({ cid }, dice) =>
    endless(() => {
      const report = anyBytes(REPORT_SIZE, dice);
      report.writeUInt32BE(cid);
      report[4] = dice.below(128);
      return at(dice.one([200, 900, 3_000]), report);
    }),
};

export const MILD_KINDS = Object.keys(MILD);
export const GRAVE_KINDS = Object.keys(GRAVE);

/** Makes the way of one message wrong. @param kind of {@link MILD_KINDS} or {@link GRAVE_KINDS} */
export function bendWire(kind: string, passing: Passing, dice: Dice): Iterable<Delivery> {
  const bend = MILD[kind] ?? GRAVE[kind];
  if (!bend) throw new RangeError(`no such bend: ${kind}`);
  return bend(passing, dice);
}
