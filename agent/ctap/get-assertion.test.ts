import { cborMap, type CborValue } from './cbor';
import { ctapFault } from './ctap-fault';
import { getAssertions, type GetAssertionRequest } from './get-assertion';
import { scriptedCtap } from './scripted-ctap.fixture';
import { STATUS } from './status';

const id = (n: number) => new Uint8Array(16).fill(n);
const reply = (n: number | undefined, more: readonly (readonly [number, CborValue])[] = []) =>
  cborMap([
    [1, n === undefined ? undefined : cborMap([['id', id(n)]])],
    [2, new Uint8Array(37)],
    [3, Uint8Array.of(0x30)],
    ...more,
  ]);
const request: GetAssertionRequest = {
  rpId: 'example.org',
  clientDataHash: new Uint8Array(32),
  allowList: [],
  userPresence: true,
};

describe('all passkeys of a site', () => {
  it('come by one touch: the first, then each next without parameters', async () => {
    const { ctap, requests } = scriptedCtap(reply(1, [[5, 3]]), reply(2), reply(3));
    const found = await getAssertions(ctap, request);
    expect(found.map(({ credentialId }) => credentialId)).toEqual([id(1), id(2), id(3)]);
    expect(requests.map(({ command, parameters }) => [command, parameters?.size])).toEqual([
      [0x02, 2],
      [0x08, undefined],
      [0x08, undefined],
    ]);
  });

  it('are one where the key tells no number', async () => {
    expect(await getAssertions(scriptedCtap(reply(1)).ctap, request)).toHaveLength(1);
  });

  it('are not endlessly many', async () => {
    const { ctap, requests } = scriptedCtap(reply(1, [[5, 0xffffffff]]));
    await expect(getAssertions(ctap, request)).rejects.toMatchObject({ code: 'key-malformed' });
    expect(requests).toHaveLength(1);
  });

  it('are all or none', async () => {
    const { ctap } = scriptedCtap(reply(1, [[5, 2]]), ctapFault(STATUS.NOT_ALLOWED));
    await expect(getAssertions(ctap, request)).rejects.toMatchObject({ code: 'key-not-allowed' });
  });
});

it('one that was asked for alone may be left unnamed', async () => {
  const [found] = await getAssertions(scriptedCtap(reply(undefined)).ctap, { ...request, allowList: [id(7)] });
  expect(found?.credentialId).toEqual(id(7));
});

it('the key of the blob comes as a secret; one of another length is passed over', async () => {
  const bytes = new Uint8Array(32).fill(5);
  const [found] = await getAssertions(scriptedCtap(reply(1, [[7, bytes]])).ctap, request);
  expect(found?.largeBlobKey?.reveal()).toEqual(bytes);
  expect(JSON.stringify(found?.largeBlobKey)).toBe('"••••"');
  const [short] = await getAssertions(scriptedCtap(reply(1, [[7, new Uint8Array(31)]])).ctap, request);
  expect(short?.largeBlobKey).toBeUndefined();
});
