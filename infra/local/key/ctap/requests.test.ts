import { encodeCbor } from '../cbor/encode';
import type { CborValue } from '../cbor/types';
import { fingerprint, modern } from '../profiles';
import { getAssertionRequest, HASH, makeCredentialRequest, RP_ID } from '../testing/ceremonies';
import { members, named, openHost, testDevice, type Host } from '../testing/host';
import { Status, type StatusName } from './status';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const make = (replace: Record<number, CborValue | undefined>): Buffer =>
  Buffer.concat([Buffer.of(1), encodeCbor(makeCredentialRequest(replace))]);
const assertion = (replace: Record<number, CborValue | undefined>): Buffer =>
  Buffer.concat([Buffer.of(2), encodeCbor(getAssertionRequest(replace))]);
const pin = (request: Record<number, CborValue>): Buffer => Buffer.concat([Buffer.of(6), encodeCbor(members(request))]);
const management = (request: Record<number, CborValue>): Buffer =>
  Buffer.concat([Buffer.of(0x0a), encodeCbor(members(request))]);
const config = (request: Record<number, CborValue>): Buffer =>
  Buffer.concat([Buffer.of(0x0d), encodeCbor(members(request))]);
const bio = (request: Record<number, CborValue>, command = 0x09): Buffer =>
  Buffer.concat([Buffer.of(command), encodeCbor(members(request))]);

const cose = (replace: Record<number, CborValue> = {}): CborValue =>
  new Map<number, CborValue>([
    ...Object.entries({ 1: 2, 3: -25, ...replace }).map(([key, value]): [number, CborValue] => [Number(key), value]),
    [-1, 1],
    [-2, Buffer.alloc(32, 1)],
    [-3, Buffer.alloc(32, 2)],
  ]);
const parameter = named({ alg: -7, type: 'public-key' });
const key33 = Buffer.alloc(33);

describe('a request that is wrong gets the status that the specification names', () => {
  let host: Host;
  beforeAll(async () => {
    host = await openHost(await testDevice());
  });
  afterAll(() => host.detach());

  const table: [string, Buffer, StatusName][] = [
    ['an unknown command', hex('03'), 'INVALID_COMMAND'],
    ['bio enrollment, which this key lacks', hex('09 a10101'), 'INVALID_COMMAND'],
    ['a vendor command', hex('40'), 'INVALID_COMMAND'],
    ['getInfo with bytes after it', hex('04 a0'), 'INVALID_LENGTH'],
    ['selection with bytes after it', hex('0b 00'), 'INVALID_LENGTH'],
    ['getNextAssertion with bytes after it', hex('08 a0'), 'INVALID_LENGTH'],
    ['getNextAssertion with nothing before it', hex('08'), 'NOT_ALLOWED'],
    ['makeCredential without any parameters', hex('01'), 'MISSING_PARAMETER'],
    ['parameters that are no map', hex('01 80'), 'CBOR_UNEXPECTED_TYPE'],
    ['the bio preview, which this key lacks too', hex('40 a10101'), 'INVALID_COMMAND'],
    ['reset with bytes after it', hex('07 a0'), 'INVALID_LENGTH'],
    ['bytes after the map', hex('06 a2 01 02 02 02 00'), 'INVALID_CBOR'],
    ['map keys in the wrong order', hex('06 a2 02 02 01 02'), 'INVALID_CBOR'],
    ['a map key twice', hex('06 a2 01 02 01 02'), 'INVALID_CBOR'],
    ['an integer longer than needed', hex('06 a2 01 1802 02 02'), 'INVALID_CBOR'],
    ['an indefinite map', hex('06 bf 01 02 ff'), 'INVALID_CBOR'],
    ['a map that ends early', hex('06 a2 01 02'), 'INVALID_CBOR'],
    ['a tag', hex('06 a1 01 c1 02'), 'INVALID_CBOR'],
    ['a float', hex('06 a1 01 f9 0000'), 'INVALID_CBOR'],
    ['undefined', hex('06 a1 01 f7'), 'INVALID_CBOR'],
    ['a map key of bytes', hex('06 a1 41 01 02'), 'INVALID_CBOR'],
    ['text that is not UTF-8', hex('06 a1 01 61 ff'), 'INVALID_CBOR'],
    ['an indefinite string', hex('06 a1 01 5f 41 00 ff'), 'INVALID_CBOR'],
    ['a string that says it is longer than it is', hex('06 a1 01 5b 00000000ffffffff'), 'INVALID_CBOR'],
    ['five levels', hex('06 a1 01 81 81 81 81 00'), 'INVALID_CBOR'],
    ['null where a number belongs', hex('06 a1 02 f6'), 'CBOR_UNEXPECTED_TYPE'],
    ['an integer of 64 bits', hex('06 a1 02 1bffffffffffffffff'), 'CBOR_UNEXPECTED_TYPE'],
    ['a message over maxMsgSize', Buffer.concat([Buffer.of(1), Buffer.alloc(modern.maxMsgSize)]), 'REQUEST_TOO_LARGE'],

    ['no clientDataHash', make({ 1: undefined }), 'MISSING_PARAMETER'],
    ['clientDataHash as text', make({ 1: 'x' }), 'CBOR_UNEXPECTED_TYPE'],
    ['clientDataHash of 31 bytes', make({ 1: Buffer.alloc(31) }), 'INVALID_LENGTH'],
    ['no rp', make({ 2: undefined }), 'MISSING_PARAMETER'],
    ['rp without id', make({ 2: named({ name: 'x' }) }), 'MISSING_PARAMETER'],
    ['rp.id as bytes', make({ 2: named({ id: HASH }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['rp.name as a number', make({ 2: named({ id: RP_ID, name: 1 }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['no user', make({ 3: undefined }), 'MISSING_PARAMETER'],
    ['user without id', make({ 3: named({ name: 'x' }) }), 'MISSING_PARAMETER'],
    ['user.id as text', make({ 3: named({ id: 'ann' }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['user.id of 65 bytes', make({ 3: named({ id: Buffer.alloc(65) }) }), 'INVALID_LENGTH'],
    ['user.id of no bytes', make({ 3: named({ id: Buffer.alloc(0) }) }), 'INVALID_LENGTH'],
    ['no pubKeyCredParams', make({ 4: undefined }), 'MISSING_PARAMETER'],
    ['pubKeyCredParams as a map', make({ 4: named({}) }), 'CBOR_UNEXPECTED_TYPE'],
    ['a parameter without alg', make({ 4: [named({ type: 'public-key' })] }), 'MISSING_PARAMETER'],
    ['a parameter whose type is a number', make({ 4: [named({ alg: -7, type: 1 })] }), 'CBOR_UNEXPECTED_TYPE'],
    ['a broken parameter after a good one', make({ 4: [parameter, named({ alg: -8 })] }), 'MISSING_PARAMETER'],
    ['no algorithm at all', make({ 4: [] }), 'UNSUPPORTED_ALGORITHM'],
    ['only RS256', make({ 4: [named({ alg: -257, type: 'public-key' })] }), 'UNSUPPORTED_ALGORITHM'],
    ['an excludeList that is no array', make({ 5: named({}) }), 'CBOR_UNEXPECTED_TYPE'],
    ['an excluded id as text', make({ 5: [named({ id: 'x', type: 'public-key' })] }), 'CBOR_UNEXPECTED_TYPE'],
    ['an excluded id without type', make({ 5: [named({ id: HASH })] }), 'MISSING_PARAMETER'],
    ['nine excluded ids', make({ 5: Array<CborValue>(9).fill(named({ id: HASH, type: 'x' })) }), 'LIMIT_EXCEEDED'],
    ['extensions as an array', make({ 6: [] }), 'CBOR_UNEXPECTED_TYPE'],
    ['credProtect as text', make({ 6: named({ credProtect: '1' }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['credProtect of 4', make({ 6: named({ credProtect: 4 }) }), 'INVALID_PARAMETER'],
    ['hmac-secret as a number', make({ 6: named({ 'hmac-secret': 1 }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['options as an array', make({ 7: [] }), 'CBOR_UNEXPECTED_TYPE'],
    ['rk as a number', make({ 7: named({ rk: 1 }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['up false', make({ 7: named({ up: false }) }), 'INVALID_OPTION'],
    ['uv true on a key without built-in verification', make({ 7: named({ uv: true }) }), 'INVALID_OPTION'],
    ['pinUvAuthParam as text', make({ 8: 'x', 9: 2 }), 'CBOR_UNEXPECTED_TYPE'],
    ['pinUvAuthParam without its protocol', make({ 8: HASH }), 'MISSING_PARAMETER'],
    ['an unknown PIN/UV auth protocol', make({ 8: HASH, 9: 3 }), 'INVALID_PARAMETER'],
    ['a pinUvAuthParam from nowhere', make({ 8: HASH, 9: 2 }), 'PIN_AUTH_INVALID'],
    ['an empty pinUvAuthParam on a key without PIN', make({ 8: Buffer.alloc(0) }), 'PIN_NOT_SET'],
    ['enterprise attestation', make({ 10: 1 }), 'INVALID_PARAMETER'],

    ['no rpId', assertion({ 1: undefined }), 'MISSING_PARAMETER'],
    ['rpId as bytes', assertion({ 1: HASH }), 'CBOR_UNEXPECTED_TYPE'],
    ['no clientDataHash', assertion({ 2: undefined }), 'MISSING_PARAMETER'],
    ['clientDataHash of 33 bytes', assertion({ 2: key33 }), 'INVALID_LENGTH'],
    ['an allowList of numbers', assertion({ 3: [1] }), 'CBOR_UNEXPECTED_TYPE'],
    ['rk in getAssertion', assertion({ 5: named({ rk: true }) }), 'UNSUPPORTED_OPTION'],
    ['uv true in getAssertion', assertion({ 5: named({ uv: true }) }), 'INVALID_OPTION'],
    ['hmac-secret without a touch', assertion({ 4: named({ 'hmac-secret': named({}) }), 5: named({ up: false }) }), 'UNSUPPORTED_OPTION'], // prettier-ignore
    ['hmac-secret without its members', assertion({ 4: named({ 'hmac-secret': named({}) }) }), 'MISSING_PARAMETER'],
    ['nothing to assert', assertion({}), 'NO_CREDENTIALS'],

    ['clientPIN without subCommand', pin({ 1: 2 }), 'MISSING_PARAMETER'],
    ['clientPIN with an unknown subCommand', pin({ 1: 2, 2: 0x0f }), 'INVALID_SUBCOMMAND'],
    ['a token by fingerprint on a key without', pin({ 1: 2, 2: 6 }), 'INVALID_SUBCOMMAND'],
    ['fingerprint retries on a key without', pin({ 2: 7 }), 'INVALID_SUBCOMMAND'],
    ['subCommand as text', pin({ 1: 2, 2: 'x' }), 'CBOR_UNEXPECTED_TYPE'],
    ['a negative subCommand', pin({ 1: 2, 2: -1 }), 'CBOR_UNEXPECTED_TYPE'],
    ['getKeyAgreement without protocol', pin({ 2: 2 }), 'MISSING_PARAMETER'],
    ['getKeyAgreement of protocol 3', pin({ 1: 3, 2: 2 }), 'INVALID_PARAMETER'],
    ['setPIN without keyAgreement', pin({ 1: 2, 2: 3, 4: HASH, 5: HASH }), 'MISSING_PARAMETER'],
    ['setPIN without newPinEnc', pin({ 1: 2, 2: 3, 3: cose(), 4: HASH }), 'MISSING_PARAMETER'],
    ['setPIN without pinUvAuthParam', pin({ 1: 2, 2: 3, 3: cose(), 5: HASH }), 'MISSING_PARAMETER'],
    ['a key agreement key off the curve', pin({ 1: 2, 2: 3, 3: cose(), 4: HASH, 5: HASH }), 'INVALID_PARAMETER'],
    ['a key agreement key of another type', pin({ 1: 2, 2: 3, 3: cose({ 1: 3 }), 4: HASH, 5: HASH }), 'INVALID_PARAMETER'], // prettier-ignore
    ['changePIN on a key without PIN', pin({ 1: 2, 2: 4, 3: cose(), 4: HASH, 5: HASH, 6: HASH }), 'PIN_NOT_SET'],
    ['getPinToken on a key without PIN', pin({ 1: 2, 2: 5, 3: cose(), 6: HASH }), 'PIN_NOT_SET'],
    ['getPinToken with permissions', pin({ 1: 2, 2: 5, 3: cose(), 6: HASH, 9: 1 }), 'INVALID_PARAMETER'],
    ['a token without permissions', pin({ 1: 2, 2: 9, 3: cose(), 6: HASH }), 'MISSING_PARAMETER'],
    ['a token with permissions 0', pin({ 1: 2, 2: 9, 3: cose(), 6: HASH, 9: 0 }), 'INVALID_PARAMETER'],
    ['a token for bio enrollment', pin({ 1: 2, 2: 9, 3: cose(), 6: HASH, 9: 8 }), 'UNAUTHORIZED_PERMISSION'],
    ['a token for mc without rpId', pin({ 1: 2, 2: 9, 3: cose(), 6: HASH, 9: 1 }), 'MISSING_PARAMETER'],
    ['rpId of a token as bytes', pin({ 1: 2, 2: 9, 3: cose(), 6: HASH, 9: 1, 10: HASH }), 'CBOR_UNEXPECTED_TYPE'],

    ['credential management without subCommand', management({ 3: 2 }), 'MISSING_PARAMETER'],
    ['credential management 0x08', management({ 1: 8 }), 'INVALID_SUBCOMMAND'],
    ['credential management without token', management({ 1: 1 }), 'PUAT_REQUIRED'],
    ['enumerateRPsGetNextRP first', management({ 1: 3 }), 'NOT_ALLOWED'],
    ['enumerateCredentialsGetNextCredential first', management({ 1: 5 }), 'NOT_ALLOWED'],
    ['enumerateCredentials without rpIDHash', management({ 1: 4 }), 'MISSING_PARAMETER'],
    ['deleteCredential without id', management({ 1: 6 }), 'MISSING_PARAMETER'],
    ['updateUserInformation by its older number, without anything', hex('41 a10107'), 'MISSING_PARAMETER'],

    ['large blobs without anything', hex('0c'), 'MISSING_PARAMETER'],
    ['large blobs without offset', hex('0c a10101'), 'INVALID_PARAMETER'],

    ['config without subCommand', config({ 3: 2 }), 'MISSING_PARAMETER'],
    ['parameters of config as an array', config({ 1: 3, 2: [] }), 'CBOR_UNEXPECTED_TYPE'],
    ['a minimum of text', config({ 1: 3, 2: members({ 1: '6' }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['RP ids of bytes', config({ 1: 3, 2: members({ 2: [HASH] }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['a forced change by number', config({ 1: 3, 2: members({ 3: 1 }) }), 'CBOR_UNEXPECTED_TYPE'],
    ['config that there is not', config({ 1: 4 }), 'INVALID_PARAMETER'],
    ['the vendor prototype of config', config({ 1: 0xff }), 'INVALID_PARAMETER'],
    ['a shorter minimum', config({ 1: 3, 2: members({ 1: 3 }) }), 'PIN_POLICY_VIOLATION'],
    ['a minimum that no PIN can have', config({ 1: 3, 2: members({ 1: 64 }) }), 'PIN_POLICY_VIOLATION'],
    ['a forced change without a PIN', config({ 1: 3, 2: members({ 3: true }) }), 'PIN_NOT_SET'],
    ['five RP ids', config({ 1: 3, 2: members({ 2: ['a', 'b', 'c', 'd', 'e'] }) }), 'KEY_STORE_FULL'],
  ];

  test.each(table)('%s', async (_name, message, expected) => {
    const { status } = await host.cborBytes(message);
    expect(statusName(status)).toBe(expected);
  });

  test('members and options that nobody knows are ignored', async () => {
    const request = makeCredentialRequest({ 7: named({ later: 1 }), 6: named({ later: [] }), 99: 'later' });
    expect((await host.cbor(0x01, request)).status).toBe(Status.OK);
  });

  test('after all of that the key still works', async () => {
    expect((await host.cbor(0x04)).status).toBe(Status.OK);
  });
});

describe('the same of a key with a fingerprint reader', () => {
  let host: Host;
  beforeAll(async () => {
    host = await openHost(await testDevice({ profile: fingerprint }));
  });
  afterAll(() => host.detach());

  const auth = { 4: 2, 5: HASH };
  const table: [string, Buffer, StatusName][] = [
    ['nothing', hex('09'), 'MISSING_PARAMETER'],
    ['neither subCommand nor getModality', bio({ 1: 1 }), 'MISSING_PARAMETER'],
    ['getModality of false', bio({ 6: false }), 'MISSING_PARAMETER'],
    ['getModality by number', bio({ 6: 1 }), 'CBOR_UNEXPECTED_TYPE'],
    ['no modality', bio({ 2: 7 }), 'MISSING_PARAMETER'],
    ['a modality that there is not', bio({ 1: 2, 2: 7 }), 'INVALID_PARAMETER'],
    ['a subCommand that there is not', bio({ 1: 1, 2: 8 }), 'INVALID_SUBCOMMAND'],
    ['subCommandParams as an array', bio({ 1: 1, 2: 7, 3: [] }), 'CBOR_UNEXPECTED_TYPE'],
    ['enrolling without token', bio({ 1: 1, 2: 1 }), 'PUAT_REQUIRED'],
    ['listing without token', bio({ 1: 1, 2: 4 }), 'PUAT_REQUIRED'],
    ['a param without protocol', bio({ 1: 1, 2: 4, 5: HASH }), 'MISSING_PARAMETER'],
    ['protocol 3', bio({ 1: 1, 2: 4, ...auth, 4: 3 }), 'INVALID_PARAMETER'],
    ['a param from nowhere', bio({ 1: 1, 2: 4, ...auth }), 'PIN_AUTH_INVALID'],
    ['a param of text', bio({ 1: 1, 2: 4, 4: 2, 5: 'x' }), 'CBOR_UNEXPECTED_TYPE'],
    ['asking about the reader', bio({ 1: 1, 2: 7 }), 'OK'],
    ['the same by the number of the preview', bio({ 1: 1, 2: 7 }, 0x40), 'OK'],
    ['cancelling what was not begun', bio({ 1: 1, 2: 3 }), 'OK'],
    ['uv true before a finger is enrolled', make({ 7: named({ uv: true }) }), 'INVALID_OPTION'],
    ['a token by finger without protocol', pin({ 2: 6, 3: cose(), 9: 4 }), 'MISSING_PARAMETER'],
    ['a token by finger without keyAgreement', pin({ 1: 2, 2: 6, 9: 4 }), 'MISSING_PARAMETER'],
    ['a token by finger without permissions', pin({ 1: 2, 2: 6, 3: cose() }), 'MISSING_PARAMETER'],
    ['a token by finger for mc without rpId', pin({ 1: 2, 2: 6, 3: cose(), 9: 1 }), 'MISSING_PARAMETER'],
    ['a token by finger before one is enrolled', pin({ 1: 2, 2: 6, 3: cose(), 9: 4 }), 'NOT_ALLOWED'],
    ['fingerprint retries', pin({ 2: 7 }), 'OK'],
  ];

  test.each(table)('%s', async (_name, message, expected) => {
    const { status } = await host.cborBytes(message);
    expect(statusName(status)).toBe(expected);
  });
});

function statusName(code: number): string {
  return Object.entries(Status).find(([, value]) => value === code)?.[0] ?? `0x${code.toString(16)}`;
}
