import { sign } from 'node:crypto';

import { coseKey, makeCredentialKey, signWith } from './credential-key';
import type { Key } from './ctap/key';
import { nextSignCount } from './ctap/sign-count';

/** ISO 7816 status words that U2F uses. */
const Sw = {
  NO_ERROR: 0x9000,
  WRONG_LENGTH: 0x6700,
  CONDITIONS_NOT_SATISFIED: 0x6985,
  COMMAND_NOT_ALLOWED: 0x6986,
  WRONG_DATA: 0x6a80,
  INS_NOT_SUPPORTED: 0x6d00,
  CLA_NOT_SUPPORTED: 0x6e00,
} as const;

const CHECK_ONLY = 0x07;
const WITHOUT_PRESENCE = 0x08;

interface Apdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly data: Buffer;
}

/** CTAP1/U2F (CTAP 2.1 §7, U2F raw message formats 1.2). `touched` asks for a touch without waiting for one. */
export function answerU2f(key: Key, message: Buffer, touched: () => boolean): Buffer {
  const apdu = parseApdu(message);
  if (apdu === undefined) return statusWord(Sw.WRONG_LENGTH);
  if (apdu.cla !== 0) return statusWord(Sw.CLA_NOT_SUPPORTED);
  // U2F has no user verification: with alwaysUv it would be a way around it.
  if (key.store.read().alwaysUv) return statusWord(Sw.COMMAND_NOT_ALLOWED);
  switch (apdu.ins) {
    case 0x01:
      return register(key, apdu, touched);
    case 0x02:
      return authenticate(key, apdu, touched);
    case 0x03:
      return apdu.data.length === 0 ? ok(Buffer.from('U2F_V2')) : statusWord(Sw.WRONG_LENGTH);
    default:
      return statusWord(Sw.INS_NOT_SUPPORTED);
  }
}

function register(key: Key, { data }: Apdu, touched: () => boolean): Buffer {
  if (data.length !== 64) return statusWord(Sw.WRONG_LENGTH);
  if (!touched()) return statusWord(Sw.CONDITIONS_NOT_SATISFIED);
  const [challenge, application] = [data.subarray(0, 32), data.subarray(32)];
  const made = { key: makeCredentialKey(-7), credProtect: 1, hmacSecret: false } as const;
  const { id } = key.credentials.seal(made, application);
  const cose = coseKey(made.key);
  const publicKey = Buffer.concat([Buffer.of(4), cose.get(-2) as Buffer, cose.get(-3) as Buffer]);
  const signed = Buffer.concat([Buffer.of(0), application, challenge, id, publicKey]);
  const signature = sign('sha256', signed, key.attestation.privateKey);
  return ok(Buffer.of(5), publicKey, Buffer.of(id.length), id, key.attestation.certificate, signature);
}

function authenticate(key: Key, { p1, data }: Apdu, touched: () => boolean): Buffer {
  const length = data[64];
  if (length === undefined || data.length !== 65 + length) return statusWord(Sw.WRONG_LENGTH);
  const [challenge, application] = [data.subarray(0, 32), data.subarray(32, 64)];
  const credential = key.credentials.find(application, data.subarray(65));
  // CTAP1 must not give away, nor use, what needs user verification (CTAP 2.1 §12.1.2).
  if (credential === undefined || credential.credProtect === 3) return statusWord(Sw.WRONG_DATA);
  if (p1 === CHECK_ONLY) return statusWord(Sw.CONDITIONS_NOT_SATISFIED);
  const present = p1 !== WITHOUT_PRESENCE;
  if (present && !touched()) return statusWord(Sw.CONDITIONS_NOT_SATISFIED);
  const head = Buffer.alloc(5);
  head.writeUInt8(present ? 1 : 0, 0);
  head.writeUInt32BE(nextSignCount(key.store), 1);
  return ok(head, signWith(credential.key, Buffer.concat([application, head, challenge])));
}

/** Extended length APDUs, as U2F over HID uses them: CLA INS P1 P2 [00 Lc Lc data] [Le Le]. */
function parseApdu(message: Buffer): Apdu | undefined {
  const [cla = 0, ins = 0, p1 = 0] = message;
  const rest = message.subarray(4);
  const empty = { cla, ins, p1, data: Buffer.alloc(0) };
  if (rest.length === 0 || (rest.length === 3 && rest[0] === 0)) return empty;
  if (rest.length < 3 || rest[0] !== 0) return undefined;
  const length = rest.readUInt16BE(1);
  const after = rest.length - 3 - length;
  return after === 0 || after === 2 ? { ...empty, data: rest.subarray(3, 3 + length) } : undefined;
}

function ok(...parts: Buffer[]): Buffer {
  return Buffer.concat([...parts, statusWord(Sw.NO_ERROR)]);
}

function statusWord(word: number): Buffer {
  return Buffer.of(word >> 8, word & 0xff);
}
