import fc from 'fast-check';
import { Fault } from '../protocol/fault';
import { cborMap, type CborValue } from './cbor';
import { parseInfo } from './get-info';

const AAGUID = Uint8Array.from(Buffer.from('b6d0c3a45e1f4c279a8b6b65796b6579', 'hex'));
const minimal: [number, CborValue][] = [
  [0x01, ['FIDO_2_0']],
  [0x03, AAGUID],
];
const info = (...members: [number | string, CborValue][]) => parseInfo(cborMap([...minimal, ...members]));

describe('getInfo', () => {
  it('needs no more than versions and aaguid, and fills in what the specification does', () => {
    expect(info()).toMatchObject({
      versions: ['FIDO_2_0'],
      aaguid: 'b6d0c3a4-5e1f-4c27-9a8b-6b65796b6579',
      options: {},
      extensions: [],
      maxMsgSize: 1024,
      minPinLength: 4,
      forcePinChange: false,
      pinUvAuthProtocols: [],
    });
  });

  const members: [number, string, CborValue, unknown][] = [
    [0x02, 'extensions', ['credProtect'], ['credProtect']],
    [
      0x04,
      'options',
      cborMap([
        ['rk', true],
        ['clientPin', false],
      ]),
      { rk: true, clientPin: false },
    ],
    [0x05, 'maxMsgSize', 2048, 2048],
    [0x06, 'pinUvAuthProtocols', [2, 1], [2, 1]],
    [0x07, 'maxCredentialCountInList', 8, 8],
    [0x08, 'maxCredentialIdLength', 128, 128],
    [0x09, 'transports', ['usb', 'nfc'], ['usb', 'nfc']],
    [
      0x0a,
      'algorithms',
      [
        cborMap([
          ['alg', -7],
          ['type', 'public-key'],
        ]),
      ],
      [{ alg: -7, type: 'public-key' }],
    ],
    [0x0b, 'maxSerializedLargeBlobArray', 4096, 4096],
    [0x0c, 'forcePinChange', true, true],
    [0x0d, 'minPinLength', 6, 6],
    [0x0e, 'firmwareVersion', 2n ** 63n, 2n ** 63n],
    [0x0f, 'maxCredBlobLength', 32, 32],
    [0x10, 'maxRpIdsForSetMinPinLength', 4, 4],
    [0x11, 'preferredPlatformUvAttempts', 3, 3],
    [0x12, 'uvModality', 2, 2],
    [0x13, 'certifications', cborMap([['FIDO', 2]]), { FIDO: 2 }],
    [0x14, 'remainingDiscoverableCredentials', 0, 0],
    [0x15, 'vendorPrototypeConfigCommands', [1, 2n ** 60n], [1, 2n ** 60n]],
    [0x16, 'attestationFormats', ['packed'], ['packed']],
    [0x17, 'uvCountSinceLastPinEntry', 1, 1],
    [0x18, 'longTouchForReset', true, true],
    [0x19, 'encIdentifier', AAGUID, AAGUID],
    [0x1a, 'transportsForReset', ['usb'], ['usb']],
    [0x1b, 'pinComplexityPolicy', true, true],
    [0x1c, 'pinComplexityPolicyUrl', Uint8Array.from(Buffer.from('https://k.example')), 'https://k.example'],
    [0x1d, 'maxPinLength', 8, 8],
    [0x1e, 'encCredStoreState', AAGUID, AAGUID],
    [0x1f, 'configCommands', [1, 2], [1, 2]],
  ];
  it.each(members)('0x%s is %s', (key, name, value, expected) => {
    expect(info([key, value])).toHaveProperty(name, expected);
  });

  it('keeps what it does not know, and is not hurt by it', () => {
    const read = info(
      [0x20, 'new'],
      ['vendor', 1],
      [
        0x04,
        cborMap([
          ['thirdPartyPayment', true],
          ['odd', 7],
        ]),
      ],
    );
    expect([...read.unknown]).toEqual([
      [0x20, 'new'],
      ['vendor', 1],
    ]);
    expect(read.options).toEqual({ thirdPartyPayment: true });
  });

  it('keeps a member that has another form than it knows', () => {
    const read = info([0x12, 'fingerprint'], [0x13, 7], [0x05, 2048]);
    expect(read).toMatchObject({ uvModality: undefined, certifications: undefined, maxMsgSize: 2048 });
    expect([...read.unknown]).toEqual([
      [0x12, 'fingerprint'],
      [0x13, 7],
    ]);
  });

  it.each([
    ['no map', 'text'],
    ['nothing', undefined],
    ['no aaguid', cborMap([[0x01, ['FIDO_2_0']]])],
    [
      'a short aaguid',
      cborMap([
        [0x01, []],
        [0x03, new Uint8Array(15)],
      ]),
    ],
    ['no versions', cborMap([[0x03, AAGUID]])],
  ])('refuses %s', (_, value) => {
    expect(() => parseInfo(value)).toThrow(/^key-malformed/);
  });

  it('takes any nonsense in any other member', () => {
    const anything = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.uint8Array(),
      fc.array(fc.oneof(fc.string(), fc.integer())),
      fc.constant(
        new Map<string, CborValue>([
          ['alg', 'x'],
          ['type', 3],
        ]),
      ),
    ) as fc.Arbitrary<CborValue>;
    const member = fc.tuple(fc.integer({ min: 4, max: 0x22 }), anything);
    fc.assert(
      fc.property(fc.array(member), (odd) => {
        try {
          expect(info(...odd).versions).toEqual(['FIDO_2_0']);
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          throw new Error(`refused: ${error.message}`, { cause: error });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
