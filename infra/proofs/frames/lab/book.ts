import { Command } from '../../../local/key/hid/packet';
import { readTree } from '../bend/cbor-tree';

/** What was said in genuine conversations with a key. */
export interface Book {
  /** Whole answers by {@link signatureOf} the request, in the order in which they came. */
  readonly answers: ReadonlyMap<string, readonly Uint8Array[]>;
  /** Whole requests of CTAPHID_CBOR. */
  readonly requests: readonly Uint8Array[];
  /** How many requests, those for a channel included. */
  readonly length: number;
}

/** Where the subcommand stands in the parameters, by CTAP2 command (CTAP 2.1 §6). */
const SUBCOMMAND_AT: Readonly<Record<number, bigint>> = { 0x06: 2n, 0x09: 1n, 0x40: 2n, 0x0a: 1n, 0x41: 1n, 0x0d: 1n };

/** What a request asks for, whoever asks: the CTAPHID command, the CTAP2 command and its subcommand. */
export function signatureOf(command: number, message: Uint8Array): string {
  const [ctap] = message;
  if (command !== Command.CBOR || ctap === undefined) return `hid ${command}`;
  const found = message.length > 1 ? readTree(message.subarray(1)) : undefined;
  if (found?.tree.kind !== 'map') return `ctap ${ctap}`;
  const { entries } = found.tree;
  const member = (wanted: bigint) => entries.find(([key]) => key.kind === 'integer' && key.value === wanted)?.[1];
  // Large blobs have no subcommands: 1 is "get", 2 is "set".
  if (ctap === 0x0c) return `ctap ${ctap} ${member(1n) ? 'get' : 'set'}`;
  const at = SUBCOMMAND_AT[ctap];
  const subCommand = at === undefined ? undefined : member(at);
  return subCommand?.kind === 'integer' ? `ctap ${ctap} ${subCommand.value}` : `ctap ${ctap}`;
}
