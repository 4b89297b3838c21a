import { createECDH } from 'node:crypto';
import { Secret } from '../protocol/secret';
import { type CborMap, cborMap, type CborValue } from './cbor';
import { choosePinProtocol, createClientPin } from './client-pin';
import { type Ctap } from './ctap';
import { type AuthenticatorInfo, parseInfo } from './get-info';
import { PERMISSION } from './pin-token';

const AAGUID = new Uint8Array(16);

function infoWith(options: Record<string, boolean>, protocols?: number[], aaguid = AAGUID): AuthenticatorInfo {
  return parseInfo(
    cborMap([
      [0x01, ['FIDO_2_1']],
      [0x03, aaguid],
      [0x04, new Map(Object.entries(options))],
      [0x06, protocols],
    ]),
  );
}

/** Answers key agreement properly and everything else with `reply`; writes down the requests. */
function scriptedCtap(reply: CborMap) {
  const ecdh = createECDH('prime256v1');
  const point = ecdh.generateKeys();
  const keyAgreement = cborMap([
    [1, 2],
    [3, -25],
    [-1, 1],
    [-2, Uint8Array.from(point.subarray(1, 33))],
    [-3, Uint8Array.from(point.subarray(33))],
  ]);
  const requests: CborMap[] = [];
  const send = async (_command: number, parameters?: CborMap): Promise<CborValue> => {
    if (parameters) requests.push(parameters);
    return parameters?.get(0x02) === 0x02 ? cborMap([[0x01, keyAgreement]]) : reply;
  };
  const ctap: Ctap = { send, sequence: (run) => run(send) };
  return { ctap, requests };
}

describe('the token command', () => {
  const token = cborMap([[0x02, new Uint8Array(48)]]);
  const request = { permissions: PERMISSION.makeCredential, rpId: 'example.org' };
  it.each([
    ['0x09 with permissions where the key has pinUvAuthToken', { pinUvAuthToken: true }, 0x09, [1, 2, 3, 6, 9, 10]],
    ['0x05 without them on older keys', {}, 0x05, [1, 2, 3, 6]],
  ])('is %s', async (_, options, subCommand, members) => {
    const { ctap, requests } = scriptedCtap(token);
    await createClientPin(ctap, infoWith({ clientPin: true, ...options }, [2])).tokenUsingPin(
      new Secret('1234'),
      request,
    );
    expect(requests.map((each) => each.get(0x02))).toEqual([0x02, subCommand]);
    expect([...requests[1]!.keys()].sort((a, b) => Number(a) - Number(b))).toEqual(members);
  });

  it('is 0x06 by fingerprint', async () => {
    const { ctap, requests } = scriptedCtap(token);
    await createClientPin(ctap, infoWith({ uv: true, pinUvAuthToken: true }, [2])).tokenUsingUv(request);
    expect(requests[1]!.get(0x02)).toBe(0x06);
    expect(requests[1]!.has(0x06)).toBe(false);
  });

  it('is followed by a refusal of a token of the wrong length', async () => {
    const { ctap } = scriptedCtap(cborMap([[0x02, new Uint8Array(64)]]));
    const promise = createClientPin(ctap, infoWith({ clientPin: true }, [2])).tokenUsingPin(
      new Secret('1234'),
      request,
    );
    await expect(promise).rejects.toMatchObject({ code: 'key-malformed' });
  });

  it('agrees on new keys each time', async () => {
    const { ctap, requests } = scriptedCtap(token);
    const clientPin = createClientPin(ctap, infoWith({ clientPin: true }, [2]));
    await clientPin.tokenUsingPin(new Secret('1234'), request);
    await clientPin.tokenUsingPin(new Secret('1234'), request);
    expect(requests.map((each) => each.get(0x02))).toEqual([0x02, 0x05, 0x02, 0x05]);
    expect(requests[1]!.get(0x03)).not.toEqual(requests[3]!.get(0x03));
  });
});

describe('retries', () => {
  it('say whether the key wants to be unplugged first', async () => {
    const { ctap } = scriptedCtap(
      cborMap([
        [0x03, 5],
        [0x04, true],
      ]),
    );
    const clientPin = createClientPin(ctap, infoWith({ clientPin: true }, [1]));
    expect(await clientPin.pinRetries()).toEqual({ retries: 5, powerCycle: true });
  });

  it.each([
    ['missing', cborMap([])],
    ['no number', cborMap([[0x03, 'many']])],
    ['negative', cborMap([[0x03, -1]])],
  ])('that are %s are malformed', async (_, reply) => {
    const clientPin = createClientPin(scriptedCtap(reply).ctap, infoWith({ clientPin: true }, [1]));
    await expect(clientPin.pinRetries()).rejects.toMatchObject({ code: 'key-malformed' });
  });
});

describe('the protocol', () => {
  it.each([
    [[2, 1], 2],
    [[1, 2], 1],
    [[3, 1], 1],
    [undefined, 1],
  ])('of a key that lists %j is %i', (listed, expected) => {
    expect(choosePinProtocol(infoWith({}, listed)).version).toBe(expected);
  });

  it('of a model that fails with two is one', () => {
    const aaguid = Uint8Array.from(Buffer.from('ab32f0c62239afbbc470d2ef4e254db7', 'hex'));
    expect(choosePinProtocol(infoWith({}, [2, 1], aaguid)).version).toBe(1);
  });

  it('of a key that lists only others does not exist', () => {
    expect(() => choosePinProtocol(infoWith({}, [3]))).toThrow(/^key-malformed/);
  });
});
