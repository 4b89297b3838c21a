import { Fault } from '../../../agent/protocol/fault';
import { type Keys } from '../../keys/keys';
import { type TicketId } from '../../tickets/ids';
import { type Head } from '../chain';
import { GRACE_MS, type Log, pointerOf } from '../hints';
import { CHANGED_PK } from '../indexes';
import { plus, toMoment } from '../keys';
import { type StoredRow, type Table } from '../tables';
import {
  ANCHOR_PK,
  type Anchor,
  type AnchorRef,
  type ChainHead,
  anchorHash,
  anchorKey,
  anchorRow,
  nextAnchor,
  parseAnchor,
  readAnchorRow,
} from './anchor';

export interface AnchoringParts {
  /** The table in which the anchors lie. */
  audit: Table;
  /** The table of pointers, with those to chains that changed. */
  index: Table;
  keys: Pick<Keys, 'sign' | 'verify'>;
  /** Where a chain stands, by a head whose seal held; undefined where there is no such chain. */
  headOf: (chain: TicketId) => Promise<Head | undefined>;
  now: () => Date;
  log: Log;
}

export interface Anchoring {
  /**
   * Anchors every chain that changed up to 90 s ago. Where none did, an anchor is written all the same once a day, so
   * that anchors cannot be cut off unseen. Twice at once, on two processes, is harmless, and so is a crash in between.
   * @returns the anchors written: mostly one or none
   * @throws Fault `audit-anchors-odd` where the newest anchors in the storage are not this service's
   */
  anchor(): Promise<readonly AnchorRef[]>;
  /** Anchors these chains, whether or not a pointer says that they changed. */
  anchorThese(chains: readonly TicketId[]): Promise<readonly AnchorRef[]>;
}

const DAY_MS = 24 * 60 * 60_000;
/** Chains in one anchor: its list, at some 90 characters each, stays well under 1 MiB. */
const LOOK = 4_000;
/** Anchors written by one call at most; what is left waits for the next. */
const ROUNDS = 50;
/** Rows that somebody else may have put before the newest anchor. */
const FOREIGN = 20;
const AT_ONCE = 16;
const IN_ONE = 100;

interface Newest {
  anchor: Anchor;
  jws: string;
}

/** Writes anchors. Each has a row that is only ever inserted, so that of two writers of one number only one has it. */
export function createAnchoring(parts: AnchoringParts): Anchoring {
  const { audit, index, keys, headOf, now, log } = parts;
  /** The newest anchor that this process has seen: it cannot be taken out of the storage unseen while we live. */
  let seen: AnchorRef | undefined;

  async function verified(row: StoredRow): Promise<Newest | undefined> {
    const { number, jws } = readAnchorRow(row);
    try {
      const anchor = parseAnchor(await keys.verify('keyvouch-anchor+jwt', jws));
      return anchor?.number === number ? { anchor, jws } : undefined;
    } catch (error) {
      if (error instanceof Fault && error.code === 'signature-bad') return undefined;
      throw error;
    }
  }

  async function newest(): Promise<{ newest: Newest | undefined; taken: ReadonlySet<number> }> {
    const rows = await audit.query([['PartitionKey', 'eq', ANCHOR_PK]], FOREIGN);
    const taken = new Set(rows.map((row) => readAnchorRow(row).number));
    for (const row of rows) {
      const found = await verified(row);
      if (found) return { newest: found, taken };
      log('audit-anchor-foreign', { row: row.rk });
    }
    if (rows.length < FOREIGN) return { newest: undefined, taken };
    throw odd();
  }

  /** What this process had seen and is there no more. */
  async function missing(): Promise<AnchorRef | undefined> {
    if (!seen) return undefined;
    const row = await audit.get(ANCHOR_PK, anchorKey(seen.number));
    if (row && anchorHash(readAnchorRow(row).jws) === seen.hash) return undefined;
    log('audit-anchor-lost', { number: seen.number, hash: seen.hash });
    return seen;
  }

  /** @returns undefined where another process has written this anchor meanwhile. */
  async function write(heads: readonly ChainHead[], at: string): Promise<AnchorRef | undefined> {
    const lost = await missing();
    const { newest: before, taken } = await newest();
    let number = (before?.anchor.number ?? 0) + 1;
    while (taken.has(number)) number += 1;
    const anchor = nextAnchor(before, number, at, heads);
    const claims = lost ? { ...anchor, lost: { number: lost.number, hash: lost.hash } } : anchor;
    const jws = await keys.sign('keyvouch-anchor+jwt', claims);
    if ((await audit.insert(anchorRow(number, jws, heads))) === undefined) return undefined;
    seen = { number, hash: anchorHash(jws), at };
    // The log is kept outside the storage: whoever cuts anchors off there has this line against him.
    log('audit-anchored', { number, hash: seen.hash, chains: heads.length });
    return seen;
  }

  async function headsOf(chains: readonly TicketId[]): Promise<ChainHead[]> {
    const heads: ChainHead[] = [];
    for (let at = 0; at < chains.length; at += AT_ONCE) {
      const found = await Promise.all(chains.slice(at, at + AT_ONCE).map(headOrNone));
      heads.push(...found.filter((head) => head !== undefined));
    }
    return heads;
  }

  async function headOrNone(chain: TicketId): Promise<ChainHead | undefined> {
    try {
      const head = await headOf(chain);
      return head && { chain, ...head };
    } catch (error) {
      // One that was tampered with keeps no other from its anchor; `audit verify` tells of it.
      if (!(error instanceof Fault) || error.retry) throw error;
      log(error.code, { ticket: chain });
      return undefined;
    }
  }

  async function removeAll(rows: readonly StoredRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += IN_ONE) {
      const some = rows.slice(at, at + IN_ONE);
      const done = await index.transact(
        CHANGED_PK,
        some.map(({ rk }) => ({ kind: 'remove' as const, rk })),
      );
      // Refused as a whole where another process has removed some of them.
      if (done.kind === 'refused') await Promise.all(some.map(({ pk, rk }) => index.remove(pk, rk)));
    }
  }

  /** Chains to which a pointer leads that is older than any transaction under way. */
  async function changed(at: string): Promise<{ rows: StoredRow[]; chains: TicketId[] }> {
    const rows = await index.query(
      [
        ['PartitionKey', 'eq', CHANGED_PK],
        ['RowKey', 'lt', plus(at, -GRACE_MS)],
      ],
      LOOK,
    );
    return { rows, chains: [...new Set(rows.flatMap((row) => pointerOf(row)?.ticket ?? []))] };
  }

  async function isDue(at: string): Promise<boolean> {
    const { newest: before } = await newest();
    return !before || plus(before.anchor.at, DAY_MS) <= at;
  }

  return {
    async anchor() {
      const written: AnchorRef[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const at = toMoment(now());
        const { rows, chains } = await changed(at);
        const heads = await headsOf(chains);
        if (heads.length > 0 || (await isDue(at))) {
          const anchor = await write(heads, at);
          // The other process read its pointers, maybe not all of ours: they stay for the next time.
          if (!anchor) break;
          written.push(anchor);
        }
        await removeAll(rows);
        if (rows.length < LOOK) break;
      }
      return written;
    },
    async anchorThese(chains) {
      const written: AnchorRef[] = [];
      for (let at = 0; at < chains.length; at += LOOK) {
        const heads = await headsOf(chains.slice(at, at + LOOK));
        const anchor = heads.length > 0 ? await write(heads, toMoment(now())) : undefined;
        if (anchor) written.push(anchor);
      }
      return written;
    },
  };
}

function odd(): Fault {
  return new Fault({
    code: 'audit-anchors-odd',
    say: 'The newest anchors of the audit trail are not signed by Keyvouch, so none was added to them.',
    todo: 'Tell your security team: somebody can write to the storage account. "npm run admin -- audit verify" says more.',
  });
}
