import { MAX_MESSAGE } from '../../../local/key/hid/packet';
import { type Dice } from '../../seed';
import { readTree, writeTree } from './cbor-tree';
import { bendTree } from './bend-tree';

/**
 * Refusals that a key may well give, so that what follows them is walked through more often than once in 256: no such
 * credential, PIN wrong, locked, not set, token refused, policy, finger not known …
 */
export const LIKELY_STATUSES = [
  ...[0x01, 0x02, 0x06, 0x14, 0x19, 0x27, 0x28, 0x2b, 0x2d, 0x2e, 0x2f, 0x30],
  ...[0x31, 0x31, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x39, 0x3a, 0x3c, 0x3f, 0x40],
];
const status = (dice: Dice): number => dice.one([dice.below(256), dice.one(LIKELY_STATUSES)]);

/** Makes one CTAP2 message wrong: a status (or a command) byte and CBOR behind it. */
type Bend = (message: Uint8Array, dice: Dice) => Uint8Array;

const randomBytes = (length: number, dice: Dice): Buffer => Buffer.from(Array.from({ length }, () => dice.below(256)));

/** Bends the CBOR item, one or more times. */
const structure: Bend = (message, dice) => {
  let bent = message;
  for (let times = dice.one([1, 1, 1, 1, 2, 3]); times > 0; times -= 1) {
    const found = readTree(bent.subarray(1));
    if (!found) break;
    bent = Buffer.concat([bent.subarray(0, 1), writeTree(bendTree(found.tree, dice)), found.rest]);
  }
  return bent;
};

const BENDS: readonly { weight: number; bend: Bend }[] = [
  { weight: 12, bend: structure },
  { weight: 3, bend: (message, dice) => message.subarray(0, dice.below(message.length + 1)) },
  { weight: 2, bend: (message, dice) => Buffer.concat([message, randomBytes(1 + dice.below(70), dice)]) },
  { weight: 2, bend: (message, dice) => Buffer.concat([Buffer.of(status(dice)), message.subarray(1)]) },
  { weight: 2, bend: (_message, dice) => Buffer.of(status(dice)) },
  { weight: 1, bend: () => Buffer.alloc(0) },
  { weight: 1, bend: (message, dice) => Buffer.concat([message.subarray(0, 1), randomBytes(dice.below(200), dice)]) },
  { weight: 1, bend: (message) => Buffer.concat([message, Buffer.alloc(MAX_MESSAGE - message.length)]) },
  {
    weight: 3,
    bend: (message, dice) => {
      const copy = Buffer.from(message);
      for (let left = 1 + dice.below(8); left > 0 && copy.length > 0; left -= 1) {
        const at = dice.below(copy.length);
        copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
      }
      return copy;
    },
  },
];
const DRAWER = BENDS.flatMap(({ weight, bend }) => Array.from({ length: weight }, () => bend));

/** Makes one message wrong: mostly in the structure of its CBOR, also in its first byte, its end, any of its bits. */
export function bendMessage(message: Uint8Array, dice: Dice): Uint8Array {
  return dice.one(DRAWER)(message, dice).subarray(0, MAX_MESSAGE);
}
