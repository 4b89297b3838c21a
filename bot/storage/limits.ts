import { oddRow, tooLarge } from './faults';

/** What a property may hold here. Other types of Azure Tables are not used: text says all we need. */
export type Value = string | number | boolean;

/** A row to be written. */
export interface Row {
  pk: string;
  rk: string;
  props: Readonly<Record<string, Value>>;
}

/** One operation of an entity group transaction. */
export type Op =
  { kind: 'insert'; row: Row } | { kind: 'replace'; row: Row; etag: string } | { kind: 'remove'; rk: string };

// Azure: "Understanding the Table service data model" and "Performing entity group transactions". Azurite takes larger
// rows, more properties and odd names, so they are checked here; its shorter keys (512) are kept on Azure too.
const ENTITY_BYTES = 1024 * 1024;
const PROPERTIES = 252;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const RESERVED = new Set(['partitionkey', 'rowkey', 'timestamp', 'etag']);
const STRING_CHARS = 32_768;
const KEY_CHARS = 512;
const KEY_REFUSED = /[/\\#?]/;
const OPS = 100;
const TRANSACTION_BYTES = 4 * 1024 * 1024;
/** Headers and boundaries of one operation in the body of a transaction, generously. */
const OP_OVERHEAD = 1024;

/** The size of a row as Azure counts it: 4 bytes, keys and names and texts in UTF-16, 8 bytes a property. */
export function rowBytes(row: Row): number {
  const props = Object.entries(row.props).map(([name, value]) => 8 + name.length * 2 + valueBytes(value));
  return 4 + (row.pk.length + row.rk.length) * 2 + props.reduce((sum, bytes) => sum + bytes, 0);
}

function valueBytes(value: Value): number {
  if (typeof value === 'string') return value.length * 2 + 4;
  return typeof value === 'number' ? 8 : 1;
}

/** @throws Fault `storage-odd-row` for a key that Azure would refuse. */
export function checkKey(key: string): void {
  const control = Array.from(key).some((letter) => letter < ' ' || (letter >= '\u007f' && letter <= '\u009f'));
  if (control || KEY_REFUSED.test(key)) throw oddRow('key has a character that Azure refuses', { length: key.length });
  if (key.length > KEY_CHARS) throw oddRow('key is longer than 512 characters', { length: key.length });
}

/** @throws Fault `storage-odd-row` or `storage-full-entity` for a row that Azure would refuse. */
export function checkRow(row: Row): void {
  checkKey(row.pk);
  checkKey(row.rk);
  const props = Object.entries(row.props);
  const facts = { pk: row.pk, rk: row.rk };
  if (props.length > PROPERTIES) throw tooLarge('entity', 'more than 252 properties', facts);
  for (const [name, value] of props) {
    if (!NAME.test(name) || RESERVED.has(name.toLowerCase())) throw oddRow('property name is refused', facts);
    if (typeof value === 'string' && value.length > STRING_CHARS) {
      throw tooLarge('entity', 'a text is longer than 32768 characters', { ...facts, name });
    }
    if (typeof value === 'number' && !Number.isFinite(value)) throw oddRow('number is not finite', { ...facts, name });
  }
  const bytes = rowBytes(row);
  if (bytes > ENTITY_BYTES) throw tooLarge('entity', 'larger than 1 MiB', { ...facts, bytes });
}

/** @throws Fault for a transaction that Azure would refuse: other partitions, one row twice, too many, too large. */
export function checkTransaction(pk: string, ops: readonly Op[]): void {
  if (ops.length === 0 || ops.length > OPS) {
    throw tooLarge('transaction', 'not 1 to 100 operations', { pk, ops: ops.length });
  }
  const keys = ops.map((op) => (op.kind === 'remove' ? op.rk : op.row.rk));
  if (new Set(keys).size !== keys.length) throw oddRow('a transaction names a row twice', { pk });
  let bytes = 0;
  for (const op of ops) {
    bytes += OP_OVERHEAD;
    if (op.kind === 'remove') {
      checkKey(op.rk);
      continue;
    }
    if (op.row.pk !== pk) throw oddRow('a transaction leaves its partition', { pk, other: op.row.pk });
    checkRow(op.row);
    bytes += Buffer.byteLength(JSON.stringify(op.row.props), 'utf8');
  }
  if (bytes >= TRANSACTION_BYTES) throw tooLarge('transaction', '4 MiB or more', { pk, bytes });
}
