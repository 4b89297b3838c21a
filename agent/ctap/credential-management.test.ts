import { type CborMap, cborMap, type CborValue, encodeCbor } from './cbor';
import { createCredentialManagement, credentialManagementCommand, listingPermission } from './credential-management';
import { ctapFault } from './ctap-fault';
import { type Ctap } from './ctap';
import { parseInfo } from './get-info';
import { type PinToken } from './pin-token';
import { STATUS } from './status';

const signed: string[] = [];
const token: PinToken = {
  protocol: 2,
  authenticate(message) {
    signed.push(Buffer.from(message).toString('hex'));
    return Uint8Array.of(0xaa);
  },
  wipe: () => undefined,
};

function scripted(...replies: (CborValue | Error)[]) {
  const requests: { command: number; parameters: CborMap | undefined }[] = [];
  const send: Ctap['send'] = async (command, parameters) => {
    requests.push({ command, parameters });
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const ctap: Ctap = { send, sequence: (run) => run(send) };
  return { requests, manage: createCredentialManagement(ctap, 0x0a, token) };
}

const hash = (n: number) => new Uint8Array(32).fill(n);
const rp = (n: number, total?: number) =>
  cborMap([
    [0x03, cborMap([['id', `site${n}.example`]])],
    [0x04, hash(n)],
    [0x05, total],
  ]);
const credential = (n: number, total?: number) =>
  cborMap([
    [
      0x06,
      cborMap([
        ['id', Uint8Array.of(n)],
        ['name', 'ada'],
      ]),
    ],
    [
      0x07,
      cborMap([
        ['id', hash(n)],
        ['type', 'public-key'],
      ]),
    ],
    [0x09, total],
    [0x0a, 1],
  ]);

beforeEach(() => void signed.splice(0));

describe('listing', () => {
  it('asks begin once, signed, and next without a signature', async () => {
    const { manage, requests } = scripted(rp(1, 3), rp(2), rp(3));
    expect((await manage.relyingParties()).map(({ id }) => id)).toEqual([
      'site1.example',
      'site2.example',
      'site3.example',
    ]);
    expect(requests.map(({ parameters }) => [...(parameters?.keys() ?? [])])).toEqual([[1, 3, 4], [1], [1]]);
    expect(signed).toEqual(['02']);
  });

  it('signs the subcommand and its parameters', async () => {
    const { manage } = scripted(credential(1, 1));
    const [found] = await manage.credentials(hash(9));
    expect(found).toEqual({
      credentialId: hash(1),
      user: { id: Uint8Array.of(1), name: 'ada', displayName: undefined },
      credProtect: 1,
    });
    expect(signed).toEqual([`04${Buffer.from(encodeCbor(cborMap([[1, hash(9)]]))).toString('hex')}`]);
  });

  it.each([
    ['the status for it', ctapFault(STATUS.NO_CREDENTIALS)],
    ['nothing', undefined],
    ['an empty map', cborMap([])],
    ['a total of 0', cborMap([[0x05, 0]])],
  ])('takes %s for an empty key', async (_, reply) => {
    expect(await scripted(reply).manage.relyingParties()).toEqual([]);
  });

  it('takes a reply without a total for the only one', async () => {
    expect(await scripted(rp(1)).manage.relyingParties()).toHaveLength(1);
  });

  it('begins again, once, where another program made the key lose its place', async () => {
    const lost = ctapFault(STATUS.NOT_ALLOWED);
    const { manage, requests } = scripted(rp(1, 2), lost, rp(1, 2), rp(2));
    expect(await manage.relyingParties()).toHaveLength(2);
    expect(requests.map(({ parameters }) => parameters?.get(1))).toEqual([2, 3, 2, 3]);
    await expect(scripted(rp(1, 2), lost, rp(1, 2), lost).manage.relyingParties()).rejects.toMatchObject({
      code: 'key-busy',
    });
  });

  it('does not follow a key that claims to hold endlessly many', async () => {
    const { manage, requests } = scripted(rp(1, 0xffffffff));
    await expect(manage.relyingParties()).rejects.toMatchObject({ code: 'key-malformed' });
    expect(requests).toHaveLength(1);
  });

  it('that breaks off in the middle is a fault, not half a list', async () => {
    const { manage } = scripted(rp(1, 2), ctapFault(STATUS.NO_CREDENTIALS));
    await expect(manage.relyingParties()).rejects.toMatchObject({ code: 'key-no-passkey' });
  });
});

describe('the command', () => {
  it.each([
    [{ credMgmt: true, credentialMgmtPreview: true }, 0x0a],
    [{ credentialMgmtPreview: true }, 0x41],
    [{ credMgmt: false }, undefined],
    [{}, undefined],
  ])('of a key with %j is %s', (options, expected) => {
    const info = parseInfo(
      cborMap([
        [1, []],
        [3, new Uint8Array(16)],
        [4, new Map(Object.entries(options))],
      ]),
    );
    expect(credentialManagementCommand(info)).toBe(expected);
  });
});

it.each([
  [{ credMgmt: true, perCredMgmtRO: true }, 0x40],
  [{ credMgmt: true, perCredMgmtRO: false }, 0x04],
  [{ credentialMgmtPreview: true }, 0x04],
])('listing on a key with %j takes the permission 0x%s', (options, expected) => {
  const info = parseInfo(
    cborMap([
      [1, []],
      [3, new Uint8Array(16)],
      [4, new Map(Object.entries(options))],
    ]),
  );
  expect(listingPermission(info)).toBe(expected);
});

it('gives the key of a blob as a secret, and what newer keys add', async () => {
  const entries = [...credential(1, 1).entries(), [0x0b, hash(3)], [0x0c, true]] as const;
  const [found] = await scripted(cborMap(entries)).manage.credentials(hash(9));
  expect(found?.largeBlobKey?.reveal()).toEqual(hash(3));
  expect(JSON.stringify(found?.largeBlobKey)).toBe('"••••"');
  expect(found?.thirdPartyPayment).toBe(true);
});

it('deletes and renames by descriptor', async () => {
  const { manage, requests } = scripted(undefined, undefined);
  await manage.deleteCredential(hash(1));
  await manage.updateUser(hash(1), { id: Uint8Array.of(1), name: 'a', displayName: 'A' });
  expect(requests.map(({ parameters }) => parameters?.get(0x01))).toEqual([0x06, 0x07]);
  expect(requests.map(({ parameters }) => [...((parameters?.get(0x02) as CborMap | undefined)?.keys() ?? [])])).toEqual(
    [[2], [2, 3]],
  );
});
