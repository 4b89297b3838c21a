import { Fault } from '../../../agent/protocol/fault';
import { type Keys } from '../../keys/keys';
import { type TicketId } from '../../tickets/ids';
import { type Moment } from '../../tickets/ticket';
import { type StoredRow } from '../tables';
import { ANCHOR_SLACK_MS, type AnchoredHead } from '../verify-partition';
import {
  type Anchor,
  type AnchorRef,
  BEFORE_FIRST,
  type ChainHead,
  anchorHash,
  anchorKey,
  claimsIn,
  leafOf,
  readAnchorRow,
} from './anchor';
import { EMPTY, type Tree, append, rootOf } from './merkle';

export interface VerifiedAnchors {
  faults: string[];
  count: number;
  newest?: AnchorRef;
  /** By chain: where anchors say that it stood. */
  anchored: Map<TicketId, AnchoredHead[]>;
}

const DAY_MS = 24 * 60 * 60_000;

interface Believed {
  anchor: Anchor;
  leaves: readonly string[];
  /** The list of heads is the one to which the signed root binds. */
  whole: boolean;
}

/**
 * Everything that is wrong with the chain of anchors, and what they say of the other chains. Goes from the newest back:
 * where that one's signature holds, the hash in each names the one before it, so that no other signature need be looked
 * at; only after a break.
 * @param rows the newest first, as their keys have it
 * @param noted an anchor that somebody wrote down outside the storage, to be found again
 */
export async function verifyAnchors(
  rows: AsyncIterable<readonly StoredRow[]>,
  keys: Pick<Keys, 'verify'>,
  now: Date,
  noted?: Pick<AnchorRef, 'number' | 'hash'>,
): Promise<VerifiedAnchors> {
  const faults: string[] = [];
  const believed: Believed[] = [];
  const anchored: VerifiedAnchors['anchored'] = new Map();
  let newest: AnchorRef | undefined;
  let newer: Anchor | undefined;
  let isNoted = noted === undefined;
  for await (const page of rows) {
    for (const row of page) {
      const { number, jws, heads } = readAnchorRow(row);
      const hash = anchorHash(jws);
      const follows = newer?.previous === hash;
      const anchor = follows || (await isSigned(keys, jws)) ? claimsIn(jws) : undefined;
      if (!anchor) {
        faults.push(`anchor row ${row.rk} is not signed by Keyvouch`);
        continue;
      }
      if (anchorKey(anchor.number) !== row.rk) {
        faults.push(`anchor ${anchor.number} lies in the place of anchor ${number}`);
        continue;
      }
      if (newer && !follows) {
        faults.push(
          `anchor ${newer.number} does not follow anchor ${number}: one between them was dropped or exchanged`,
        );
      }
      if (anchor.lost) {
        faults.push(
          `anchor ${number} says that anchor ${anchor.lost.number} had been there and was taken out before it`,
        );
      }
      const leaves = heads?.map(leafOf) ?? [];
      const whole = heads !== undefined && bindsTo(anchor, leaves);
      if (whole) note(anchored, heads, number);
      else faults.push(`the list of chains in anchor ${number} was changed`);
      if (number === noted?.number && hash === noted.hash) isNoted = true;
      newest ??= { number, hash, at: anchor.at };
      newer = anchor;
      believed.push({ anchor, leaves, whole });
    }
  }
  if (newer && newer.previous !== BEFORE_FIRST) faults.push(`the anchors before anchor ${newer.number} were dropped`);
  if (!isNoted)
    faults.push(`anchor ${noted?.number ?? 0} is not here as it was noted: anchors were cut off or exchanged`);
  faults.push(...sumFaults(believed.reverse()), ...ageFaults(newest?.at, now));
  return { faults, count: believed.length, anchored, ...(newest && { newest }) };
}

async function isSigned(keys: Pick<Keys, 'verify'>, jws: string): Promise<boolean> {
  try {
    await keys.verify('keyvouch-anchor+jwt', jws);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'signature-bad') return false;
    throw error;
  }
}

function bindsTo({ heads }: Anchor, leaves: readonly string[]): boolean {
  return heads.count === leaves.length && heads.root === rootOf(append(EMPTY, leaves));
}

function note(anchored: VerifiedAnchors['anchored'], heads: readonly ChainHead[], anchor: number): void {
  for (const { chain, seq, hash } of heads) {
    const list = anchored.get(chain);
    if (list) list.push({ seq, hash, anchor });
    else anchored.set(chain, [{ seq, hash, anchor }]);
  }
}

/** Whether each anchor's tree is the one before it with its own heads added. @param believed the oldest first */
function sumFaults(believed: readonly Believed[]): string[] {
  const faults: string[] = [];
  let tree: Tree = EMPTY;
  for (const { anchor, leaves, whole } of believed) {
    const sum = append(tree, leaves);
    const same = sum.size === anchor.all.size && rootOf(sum) === rootOf(anchor.all);
    if (whole && !same) faults.push(`anchor ${anchor.number} does not add up with those before it`);
    // What is signed is where the next one starts, so that one fault is told once.
    tree = anchor.all;
  }
  return faults;
}

function ageFaults(at: Moment | undefined, now: Date): string[] {
  const hours = at === undefined ? 0 : Math.floor((now.getTime() - Date.parse(at)) / 3_600_000);
  if (at === undefined || now.getTime() - Date.parse(at) <= DAY_MS + ANCHOR_SLACK_MS) return [];
  return [
    `the newest anchor is ${hours} hours old, and there is one a day at least: the timer stands still, or anchors were cut off`,
  ];
}
