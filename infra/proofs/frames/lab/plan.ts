import { Command, toReports } from '../../../local/key/hid/packet';
import { type Dice } from '../../seed';
import { bendMessage, LIKELY_STATUSES } from '../bend/bend-message';
import { bendWire, type Delivery, GRAVE_KINDS, MILD_KINDS, type Passing } from '../bend/bend-wire';
import { type Sabotage } from './line';

/** What one frame was, that no good key would have sent: `status`, `silence` … */
type OnFrame = (kind: string) => void;

/** Answers to INIT are no CTAP2 messages: nonce, channel and capabilities are what can be wrong (CTAP 2.1 §11.2.9.1.3). */
function bendInit({ message }: Passing, dice: Dice): Uint8Array {
  const bent = Buffer.from(message);
  const wrong = dice.below(5);
  if (wrong === 0) bent.write(`nonce${dice.below(1000)}`.padEnd(8), 'latin1');
  else if (wrong === 1) bent.writeUInt32BE(dice.one([0, 0xffffffff, 0x0b0b0001, 1]), 8);
  else if (wrong === 2) bent[16] = dice.below(256);
  else if (wrong === 3) return bent.subarray(0, dice.below(bent.length));
  else bent[dice.below(bent.length)] = dice.below(256);
  return bent;
}

/** Makes one answer wrong: what it says, or how it comes. */
function grave(passing: Passing, dice: Dice, onFrame: OnFrame): Iterable<Delivery> {
  if (dice.below(5) < 3) {
    const init = passing.command === Command.INIT;
    onFrame(init ? 'channel' : 'message');
    const message = init ? bendInit(passing, dice) : bendMessage(passing.message, dice);
    return toReports(passing.cid, passing.command, message).map((what) => ({ wait: 0, what }));
  }
  const kind = dice.one(GRAVE_KINDS);
  onFrame(kind);
  return bendWire(kind, passing, dice);
}

function mild(passing: Passing, dice: Dice, onFrame: OnFrame): Iterable<Delivery> {
  const kind = dice.one(MILD_KINDS);
  onFrame(kind);
  return bendWire(kind, passing, dice);
}

const good = { write: () => 'taken' as const, answer: () => undefined };

/** One answer is wrong, the others are not. */
function once(dice: Dice, answers: number, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  let left = dice.below(answers);
  return { ...good, answer: (passing) => (left-- === 0 ? grave(passing, dice, onFrame) : undefined) };
}

/** Everything comes in bad weather, and at some time something breaks. */
function weather(dice: Dice, answers: number, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  let left = dice.below(answers + 2);
  return { ...good, answer: (passing) => (left-- === 0 ? grave : mild)(passing, dice, onFrame) };
}

/** Half of all answers are wrong. */
function storm(dice: Dice, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  return { ...good, answer: (passing) => (dice.below(2) === 0 ? grave(passing, dice, onFrame) : undefined) };
}

/** Nothing is malformed, but a third of what was asked is refused. */
function refusals(dice: Dice, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  return {
    ...good,
    answer({ cid, command }) {
      if (command !== Command.CBOR || dice.below(3) > 0) return undefined;
      onFrame('refusal');
      return toReports(cid, command, Buffer.of(dice.one(LIKELY_STATUSES))).map((what) => ({ wait: 0, what }));
    },
  };
}

/** Requests that carry the PIN: changePIN, getPinToken, and the one with permissions (CTAP 2.1 §6.5.5). */
const WITH_PIN = ['ctap 6 4', 'ctap 6 5', 'ctap 6 9'];
const PIN_INVALID = 0x31;

/** The PIN is wrong, now and then or always, whatever is typed. */
function wrongPin(dice: Dice, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  const from = dice.below(3);
  return {
    ...good,
    answer({ cid, command }, asked) {
      if (command !== Command.CBOR || !WITH_PIN.includes(asked) || dice.below(3) < from) return undefined;
      onFrame('wrong PIN');
      return toReports(cid, command, Buffer.of(PIN_INVALID)).map((what) => ({ wait: 0, what }));
    },
  };
}

/** The system does not take a report. */
function deafLine(dice: Dice, reports: number, onFrame: OnFrame): Pick<Sabotage, 'answer' | 'write'> {
  let left = dice.below(reports);
  const how = dice.one(['refused', 'stuck'] as const);
  return {
    ...good,
    write() {
      if (left-- > 0) return 'taken';
      if (left === -1) onFrame(`a report ${how}`);
      return how === 'stuck' && left < -1 ? 'taken' : how;
    },
  };
}

/** Decides what goes wrong in one conversation of so many answers. */
export function planSabotage(dice: Dice, answers: number, onFrame: OnFrame): Sabotage {
  const hears = dice.below(3) > 0;
  const plans = [
    ...Array.from({ length: 5 }, () => () => once(dice, answers, onFrame)),
    ...Array.from({ length: 3 }, () => () => weather(dice, answers, onFrame)),
    () => storm(dice, onFrame),
    () => refusals(dice, onFrame),
    () => wrongPin(dice, onFrame),
    () => (dice.below(2) === 0 ? deafLine(dice, 3 * answers, onFrame) : once(dice, answers, onFrame)),
  ];
  return { ...dice.one(plans)(), hearsCancel: () => hears };
}

/** Every answer but those for a channel is wrong. */
export function everyAnswer(dice: Dice, onFrame: OnFrame): Sabotage {
  return {
    ...good,
    answer: (passing) => (passing.command === Command.INIT ? undefined : grave(passing, dice, onFrame)),
    hearsCancel: () => dice.below(3) > 0,
  };
}
