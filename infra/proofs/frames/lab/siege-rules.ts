import { createHash } from 'node:crypto';
import { CborError, decodeCbor } from '../../../local/key/cbor/decode';
import { encodeCbor } from '../../../local/key/cbor/encode';
import { Command, HidError, parsePacket, REPORT_SIZE } from '../../../local/key/hid/packet';
import { type PinToken } from '../../../../agent/ctap/pin-token';
import { type Passing } from '../bend/bend-wire';
import { bytes, integer, readTree, type Tree, writeTree } from '../bend/cbor-tree';

/** CTAP2 "other": what the virtual key says when something happened that it did not see coming. */
const OTHER = 0x7f;
const HID_ERRORS: readonly number[] = Object.values(HidError);

/** What is wrong with an answer of the key, as CTAPHID and CTAP2 have it; undefined for nothing. */
export function answerFault({ command, message }: Passing): string | undefined {
  const [first] = message;
  if (command === Command.ERROR) {
    return message.length === 1 && HID_ERRORS.includes(first ?? -1) ? undefined : `an error of ${message.length} bytes`;
  }
  if (command !== Command.CBOR) return undefined;
  if (first === undefined) return 'an answer without a status';
  if (first === OTHER) return 'the key did not see this coming (status 0x7f)';
  const body = message.subarray(1);
  if (body.length === 0) return undefined;
  if (first !== 0) return `status ${first} with ${body.length} bytes behind it`;
  try {
    return Buffer.compare(encodeCbor(decodeCbor(body)), body) === 0 ? undefined : 'an answer that is not canonical';
  } catch (error) {
    if (error instanceof CborError) return `an answer that is no CBOR: ${error.message}`;
    throw error;
  }
}

/** Whether the rules of CTAPHID leave this report unanswered (CTAP 2.1 §11.2): it begins nothing, or it is a CANCEL. */
export function mayStaySilent(report: Uint8Array): boolean {
  if (report.length !== REPORT_SIZE) return true;
  const packet = parsePacket(report);
  return packet.kind === 'cont' || packet.command === Command.CANCEL;
}

function member(tree: Tree, key: number): Tree | undefined {
  if (tree.kind !== 'map') return undefined;
  return tree.entries.find(([name]) => name.kind === 'integer' && name.value === BigInt(key))?.[1];
}

const CLIENT_PIN = 0x06;
/** changePIN, getPinToken and getPinUvAuthTokenUsingPinWithPermissions compare a PIN (CTAP 2.1 §6.5.5). */
const COMPARES_PIN = [4n, 5n, 9n];

/** Whether a request truly brings a PIN to be compared: only then may a try be lost. */
export function bringsPin(message: Uint8Array): boolean {
  const found = message[0] === CLIENT_PIN ? readTree(message.subarray(1)) : undefined;
  if (!found || found.rest.length > 0) return false;
  const subCommand = member(found.tree, 2);
  const compares = subCommand?.kind === 'integer' && COMPARES_PIN.includes(subCommand.value);
  return compares && member(found.tree, 3)?.kind === 'map' && member(found.tree, 6)?.kind === 'bytes';
}

const PREFIX = Buffer.alloc(32, 0xff);
const bytesOf = (tree: Tree | undefined): Uint8Array => (tree === undefined ? Buffer.alloc(0) : writeTree(tree));
const contentOf = (tree: Tree | undefined): Uint8Array => (tree?.kind === 'bytes' ? tree.value : Buffer.alloc(0));

/** What each command signs, and where protocol and signature stand (CTAP 2.1 §6.1.2, §6.2.2, §6.7 to §6.11). */
const SIGNED: Readonly<Record<number, { at: number; protocol: number; message: (params: Tree) => Uint8Array }>> = {
  0x01: { at: 8, protocol: 9, message: (params) => contentOf(member(params, 1)) },
  0x02: { at: 6, protocol: 7, message: (params) => contentOf(member(params, 2)) },
  0x0a: { at: 4, protocol: 3, message: (params) => joined(params, 1, 2) },
  0x41: { at: 4, protocol: 3, message: (params) => joined(params, 1, 2) },
  0x09: { at: 5, protocol: 4, message: (params) => joined(params, 1, 2, 3) },
  0x40: { at: 5, protocol: 4, message: (params) => joined(params, 1, 2, 3) },
  0x0d: { at: 4, protocol: 3, message: (params) => Buffer.concat([PREFIX, Buffer.of(0x0d), joined(params, 1, 2)]) },
  0x0c: {
    at: 5,
    protocol: 6,
    message(params) {
      const offset = member(params, 3);
      const place = Buffer.alloc(4);
      place.writeUInt32LE(offset?.kind === 'integer' ? Number(BigInt.asUintN(32, offset.value)) : 0);
      const digest = createHash('sha256')
        .update(contentOf(member(params, 2)))
        .digest();
      return Buffer.concat([PREFIX, Buffer.of(0x0c, 0x00), place, digest]);
    },
  },
};

/** Subcommands go in as one byte, parameters as they are written. */
function joined(params: Tree, ...keys: readonly number[]): Uint8Array {
  return Buffer.concat(
    keys.map((key) => {
      const found = member(params, key);
      return found?.kind === 'integer' ? Buffer.of(Number(BigInt.asUintN(8, found.value))) : bytesOf(found);
    }),
  );
}

/** Signs a bent request anew, so that the key looks at what is bent and does not stop at the signature. */
export function signAnew(message: Uint8Array, token: PinToken): Uint8Array {
  const [command = 0] = message;
  const how = SIGNED[command];
  const found = how ? readTree(message.subarray(1)) : undefined;
  if (!how || found?.tree.kind !== 'map') return message;
  const signature = bytes(token.authenticate(how.message(found.tree)));
  const entries = found.tree.entries.map(([key, value]) => {
    if (key.kind !== 'integer') return [key, value] as const;
    if (key.value === BigInt(how.at)) return [key, signature] as const;
    return [key, key.value === BigInt(how.protocol) ? integer(token.protocol) : value] as const;
  });
  return Buffer.concat([Buffer.of(command), writeTree({ ...found.tree, entries }), found.rest]);
}
