import { ANCHOR_PK, anchorKey, anchorHash, claimsIn, readAnchorRow } from '../../../bot/storage/ledger/anchor';
import { type StoredRow } from '../../../bot/storage/tables';
import { splitText } from '../../../bot/storage/text';

/** All anchors, the newest first. */
export type Anchors = readonly StoredRow[];

export interface AnchorForgery {
  name: string;
  /** @param at place in the list. @returns undefined where it cannot be done there */
  apply(anchors: Anchors, at: number): StoredRow[] | undefined;
}

const jwsOf = (row: StoredRow) => readAnchorRow(row).jws;

/** The same claims but for some, under the old signature: nobody but the service can make a new one. */
function reclaimed(row: StoredRow, change: Readonly<Record<string, unknown>>): StoredRow {
  const [header = '', , signature = ''] = jwsOf(row).split('.');
  const payload = Buffer.from(JSON.stringify({ ...claimsIn(jwsOf(row)), ...change })).toString('base64url');
  return { ...row, props: { ...row.props, jws: `${header}.${payload}.${signature}` } };
}

function moved(row: StoredRow, to: StoredRow): StoredRow {
  return { ...row, rk: to.rk };
}

export const ANCHOR_FORGERIES: readonly AnchorForgery[] = [
  {
    name: 'an anchor dropped',
    // The newest is missed by who noted it, by a process that has seen it, or by the day that passes.
    apply: (anchors, at) => (at === 0 ? undefined : anchors.toSpliced(at, 1)),
  },
  {
    name: 'an anchor dropped, and those after it bent to follow',
    apply(anchors, at) {
      if (at === 0) return undefined;
      const older = anchors[at + 1];
      const previous = older && anchorHash(jwsOf(older));
      const [newer] = anchors.slice(at - 1, at);
      if (!newer || previous === undefined) return undefined;
      return anchors.toSpliced(at - 1, 2, reclaimed(newer, { previous }));
    },
  },
  {
    name: 'an anchor exchanged with the next',
    apply(anchors, at) {
      const [one, other] = anchors.slice(at, at + 2);
      return one && other ? anchors.toSpliced(at, 2, moved(other, one), moved(one, other)) : undefined;
    },
  },
  {
    name: 'an older anchor put in the place of another',
    apply(anchors, at) {
      const [one, other] = anchors.slice(at, at + 2);
      return one && other ? anchors.toSpliced(at, 1, moved(other, one)) : undefined;
    },
  },
  {
    name: 'the list of an anchor changed',
    apply(anchors, at) {
      const row = anchors[at];
      const [, ...rest] = (row && readAnchorRow(row).heads) ?? [];
      if (!row) return undefined;
      const list = rest.map(({ chain, seq, hash }) => [chain, seq, hash]);
      const changed = list.length > 0 ? list : [['01JNGZMADEUP', 1, 'x']];
      return anchors.with(at, { ...row, props: { jws: jwsOf(row), ...splitText(JSON.stringify(changed)) } });
    },
  },
  {
    name: 'the claims of an anchor changed under its signature',
    apply(anchors, at) {
      const row = anchors[at];
      return row && anchors.with(at, reclaimed(row, { at: '2025-01-01T00:00:00.000Z' }));
    },
  },
  {
    name: 'an anchor put in after the newest',
    apply(anchors, at) {
      const row = anchors[at];
      const number = (anchors[0] ? readAnchorRow(anchors[0]).number : 0) + 1;
      if (!row) return undefined;
      return [{ ...reclaimed(row, { number }), pk: ANCHOR_PK, rk: anchorKey(number) }, ...anchors];
    },
  },
];
