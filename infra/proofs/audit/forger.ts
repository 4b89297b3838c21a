import { commandKey, partKey, recordKey } from '../../../bot/storage/audit-rows';
import { type Link, commitmentOf, genesis, hashOf } from '../../../bot/storage/chain';
import { type StoredRow } from '../../../bot/storage/tables';
import { joinText, splitText } from '../../../bot/storage/text';

type Record = Link['record'];
type Part = NonNullable<Link['part']>;

/** A ticket's rows by their keys. */
export type Rows = Map<string, StoredRow>;

/** Somebody at the rows of one ticket who knows how all is made, but has neither the seal's key nor the signing key. */
export interface Forger {
  readonly rows: Rows;
  /** Number of the last record. */
  readonly last: number;
  record(seq: number): Record;
  put(seq: number, record: Record): void;
  part(seq: number): Part | undefined;
  putPart(seq: number, part: Part): void;
  /** Drops a record with its personal part; its command's row stays where others need it. */
  drop(seq: number): void;
  /** Moves a record with its personal part. */
  move(from: number, to: number): void;
  /** Every number, link and hash anew, as if it had always been so. */
  rehash(): void;
  /** What a command that was made up would leave. */
  putCommand(id: string, version: number): void;
}

export function forgerOf(ticket: string, untouched: Rows): Forger {
  const rows: Rows = new Map(untouched);
  const last = [...rows.keys()].filter((rk) => rk.startsWith('ev~')).length;
  const read = (rk: string): unknown => {
    const text = joinText(rows.get(rk)?.props ?? {});
    return text === undefined ? undefined : JSON.parse(text);
  };
  const write = (rk: string, value: unknown) =>
    rows.set(rk, { pk: ticket, rk, etag: '', writtenAt: '', props: splitText(JSON.stringify(value)) });

  const forger: Forger = {
    rows,
    last,
    record: (seq) => read(recordKey(seq)) as Record,
    put: (seq, record) => void write(recordKey(seq), record),
    part: (seq) => read(partKey(seq)) as Part | undefined,
    putPart: (seq, part) => void write(partKey(seq), part),
    drop(seq) {
      rows.delete(recordKey(seq));
      rows.delete(partKey(seq));
    },
    move(from, to) {
      const [record, part] = [forger.record(from), forger.part(from)];
      forger.drop(from);
      forger.put(to, { ...record, seq: to });
      if (part) forger.putPart(to, { ...part, seq: to });
    },
    rehash() {
      let previous = genesis(ticket).hash;
      for (let seq = 1; rows.has(recordKey(seq)); seq += 1) {
        const { hash: _hash, ...record } = forger.record(seq);
        const part = forger.part(seq);
        const commitment = part ? commitmentOf(part.salt, part.personal) : record.commitment;
        const chained = { ...record, seq, previous, commitment };
        previous = hashOf(chained);
        forger.put(seq, { ...chained, hash: previous });
      }
    },
    putCommand(id, version) {
      const rk = commandKey(id);
      rows.set(rk, { pk: ticket, rk, etag: '', writtenAt: '', props: { token: 'x', version, at: '' } });
    },
  };
  return forger;
}
