import { commandKey, partKey } from '../../../bot/storage/audit-rows';
import { STATE_RK } from '../../../bot/storage/state';
import { type StoredRow } from '../../../bot/storage/tables';
import { type Forger } from './forger';

/** What the forger has besides the rows as they lie there. */
export interface Loot {
  /** Older state rows of this ticket, seals and all, the oldest first. */
  states: readonly StoredRow[];
  /** The same row of another ticket. */
  other: StoredRow | undefined;
}

export interface Forgery {
  name: string;
  /** Whether it needs something after the record. */
  notLast?: true;
  apply(forger: Forger, seq: number, loot: Loot): void;
}

const MALLORY = '99999999-9999-4999-8999-999999999999';

function versionOf({ props }: StoredRow): number {
  return typeof props.version === 'number' ? props.version : 0;
}

/** The newest state row that a forger has kept from when the chain ended at this record or before. */
function stateAt(seq: number, { states }: Loot): StoredRow | undefined {
  return states.findLast((row) => versionOf(row) <= seq);
}

/** Cuts everything after a record, commands and personal parts too, so that no row speaks of it. */
function cutAfter(forger: Forger, seq: number): void {
  const kept = new Set<string>();
  for (let at = 1; at <= seq; at += 1) kept.add(commandKey(forger.record(at).commandId));
  for (let at = seq + 1; at <= forger.last; at += 1) {
    const key = commandKey(forger.record(at).commandId);
    forger.drop(at);
    if (!kept.has(key)) forger.rows.delete(key);
  }
}

/** One row is touched in each, and then all that a knowing forger can mend is mended. */
export const FORGERIES: readonly Forgery[] = [
  {
    name: 'changed',
    apply: (forger, seq) => forger.put(seq, { ...forger.record(seq), actor: MALLORY }),
  },
  {
    name: 'changed, all hashes anew',
    apply(forger, seq) {
      forger.put(seq, { ...forger.record(seq), data: { ...forger.record(seq).data, by: { id: MALLORY } } });
      forger.rehash();
    },
  },
  {
    name: 'dated back, all hashes anew',
    apply(forger, seq) {
      forger.put(seq, { ...forger.record(seq), at: '2025-01-01T00:00:00.000Z' });
      forger.rehash();
    },
  },
  { name: 'dropped', apply: (forger, seq) => forger.drop(seq) },
  {
    name: 'dropped, closed up, all hashes anew',
    apply(forger, seq) {
      forger.drop(seq);
      for (let at = seq + 1; at <= forger.last; at += 1) forger.move(at, at - 1);
      forger.rehash();
    },
  },
  {
    name: 'one put in after it, all hashes anew',
    apply(forger, seq) {
      for (let at = forger.last; at > seq; at -= 1) forger.move(at, at + 1);
      const made = { ...forger.record(seq), kind: 'approved', actor: MALLORY, commandId: 'made-up', commitment: '' };
      forger.put(seq + 1, made);
      forger.putCommand('made-up', seq + 1);
      forger.rehash();
    },
  },
  {
    name: 'exchanged with the next, all hashes anew',
    notLast: true,
    apply(forger, seq) {
      const far = forger.last + 1;
      forger.move(seq, far);
      forger.move(seq + 1, seq);
      forger.move(far, seq + 1);
      forger.rehash();
    },
  },
  { name: 'all after it cut off', notLast: true, apply: cutAfter },
  {
    name: 'all after it cut off, the sealed state of then put back',
    notLast: true,
    apply(forger, seq, loot) {
      const state = stateAt(seq, loot);
      if (!state) throw new Error('the forger kept no state');
      cutAfter(forger, versionOf(state));
      forger.rows.set(STATE_RK, state);
    },
  },
  {
    name: 'the sealed state of then put back',
    notLast: true,
    apply(forger, seq, loot) {
      const state = stateAt(seq, loot);
      if (state) forger.rows.set(STATE_RK, state);
    },
  },
  {
    name: 'its personal part changed, all hashes anew',
    apply(forger, seq) {
      // Where it was erased, one is made up.
      const part = forger.part(seq) ?? { seq, salt: 'salt', personal: {} };
      forger.putPart(seq, { ...part, personal: { ...part.personal, text: 'never said' } });
      forger.rehash();
    },
  },
  {
    name: 'its personal part dropped',
    apply(forger, seq) {
      // Where it was erased, there is only the record to drop.
      if (!forger.rows.delete(partKey(seq))) forger.drop(seq);
    },
  },
  {
    name: 'its command forgotten',
    apply: (forger, seq) => void forger.rows.delete(commandKey(forger.record(seq).commandId)),
  },
  { name: 'a command put in', apply: (forger, seq) => forger.putCommand(`never-${seq}`, seq) },
  {
    name: 'the record of another ticket in its place, all hashes anew',
    apply(forger, seq, { other }) {
      if (other) forger.rows.set(other.rk, other);
      else forger.drop(seq);
      forger.rehash();
    },
  },
];
