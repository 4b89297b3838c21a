import { z } from 'zod';
import { type TicketId } from '../../tickets/ids';
import { type Moment } from '../../tickets/ticket';
import { type Head, canonical, sha256 } from '../chain';
import { seq10 } from '../keys';
import { type Row } from '../limits';
import { type StoredRow } from '../tables';
import { joinText, splitText } from '../text';
import { EMPTY, append, leafHash, rootOf } from './merkle';

/** Where a chain stands: the leaf of an anchor. */
export interface ChainHead extends Head {
  chain: TicketId;
}

const hash = z.string().regex(/^[\w-]{43}$/);

/** What is signed. Hashes are SHA-256, base64url. */
const claimsSchema = z.object({
  v: z.literal(1),
  /** Running number, from 1. */
  number: z.number().int().positive(),
  at: z.string().datetime(),
  /** Hash of the anchor before this one, as it was signed. */
  previous: hash,
  /** Of the chains that changed since then: how many, and the Merkle root over their heads. */
  heads: z.object({ count: z.number().int().nonnegative(), root: hash }),
  /** The tree over the heads of this and of all anchors before: it only ever grows (RFC 6962). */
  all: z.object({ size: z.number().int().nonnegative(), peaks: z.array(hash).max(53) }),
  /** An anchor that the writer had seen, and that was there no more. */
  lost: z.object({ number: z.number().int().positive(), hash }).optional(),
});

export type Anchor = z.infer<typeof claimsSchema>;

/** An anchor as it is known to others: the hash also stands in the log, outside the storage. */
export interface AnchorRef {
  number: number;
  /** Of the signed anchor. */
  hash: string;
  at: Moment;
}

/** What the first anchor follows. */
export const BEFORE_FIRST = sha256('keyvouch-anchor-1\u0000');

export const ANCHOR_PK = 'anchor';
/** Falls as numbers rise, so that the newest anchor comes first. */
const LARGEST = 9_999_999_999;
export const anchorKey = (number: number) => seq10(LARGEST - number);

/** The hash by which the next anchor names this one. @param jws as it was signed */
export const anchorHash = (jws: string) => sha256(jws);

export const leafOf = ({ chain, seq, hash: end }: ChainHead) => leafHash(canonical([chain, seq, end]));

/** The claims of the anchor that follows. @param heads what changed since the one before */
export function nextAnchor(
  before: { anchor: Anchor; jws: string } | undefined,
  number: number,
  at: Moment,
  heads: readonly ChainHead[],
): Anchor {
  const leaves = heads.map(leafOf);
  const { size, peaks } = append(before?.anchor.all ?? EMPTY, leaves);
  return {
    v: 1,
    number,
    at,
    previous: before ? anchorHash(before.jws) : BEFORE_FIRST,
    heads: { count: leaves.length, root: rootOf(append(EMPTY, leaves)) },
    all: { size, peaks: [...peaks] },
  };
}

export function parseAnchor(claims: unknown): Anchor | undefined {
  return claimsSchema.safeParse(claims).data;
}

const headsSchema = z.array(z.tuple([z.string(), z.number().int().positive(), z.string()]));

/** The row of an anchor: what was signed, and the list of heads to which its root binds. */
export function anchorRow(number: number, jws: string, heads: readonly ChainHead[]): Row {
  const list = heads.map(({ chain, seq, hash: end }) => [chain, seq, end]);
  return { pk: ANCHOR_PK, rk: anchorKey(number), props: { jws, ...splitText(JSON.stringify(list)) } };
}

/** What lies in the row of an anchor; nothing of it is verified. */
export interface AnchorRow {
  /** As the key says it. */
  number: number;
  jws: string;
  /** Undefined where the list cannot be read. */
  heads: ChainHead[] | undefined;
}

export function readAnchorRow({ rk, props }: StoredRow): AnchorRow {
  return {
    number: LARGEST - Number(rk),
    jws: typeof props.jws === 'string' ? props.jws : '',
    heads: headsSchema
      .safeParse(json(joinText(props)))
      .data?.map(([chain, seq, end]): ChainHead => ({ chain, seq, hash: end })),
  };
}

/** The claims in a compact JWS, without a look at its signature. */
export function claimsIn(jws: string): Anchor | undefined {
  return parseAnchor(json(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')));
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
