import { generateKeyPairSync, sign } from 'node:crypto';
import { decodeJwt } from 'jose';
import { type Keys } from './keys';
import { publicJwk } from './verify';
import { type KeyVersion, versionedKeys } from './versioned-keys';

/** A vault: versions that can be switched off, and how often it was asked to sign. */
interface Version extends KeyVersion {
  on: boolean;
}

let vault: Version[];
let clock: number;
let signed: number;
let reads: number;
let down: boolean;

async function add(): Promise<Version> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made: Version = {
    on: true,
    jwk: await publicJwk(publicKey.export({ format: 'jwk' })),
    sign: (bytes) => {
      if (!made.on || down) return Promise.reject(new Error('Forbidden'));
      signed += 1;
      return Promise.resolve(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    },
  };
  vault.push(made);
  return made;
}

function start(): Promise<Keys> {
  const read = () => {
    reads += 1;
    return down ? Promise.reject(new Error('timeout')) : Promise.resolve(vault.filter(({ on }) => on));
  };
  return versionedKeys({ read, root: Buffer.alloc(32, 1), now: () => clock });
}

const MINUTES = 60_000;
const kidsOf = async (keys: Keys) => (await keys.publicKeys()).map(({ kid }) => kid);
const kids = (...versions: Version[]) => versions.map(({ jwk }) => jwk.kid);
const CLAIMS = { ticket: 'T' };

beforeEach(() => {
  [vault, clock, signed, reads, down] = [[], 1_000_000, 0, 0, false];
});

test('the newest signs, the older ones are still believed, and what nobody has signed is not', async () => {
  const first = await add();
  const before = await (await start()).sign('keyvouch-job+jwt', CLAIMS);
  const second = await add();
  const keys = await start();
  const jws = await keys.sign('keyvouch-job+jwt', CLAIMS);
  expect(await keys.verify('keyvouch-job+jwt', jws)).toEqual(CLAIMS);
  expect(await keys.verify('keyvouch-job+jwt', before)).toEqual(CLAIMS);
  expect(await kidsOf(keys)).toEqual(kids(second, first));
  await expect(keys.verify('keyvouch-job+jwt', `${jws.slice(0, -4)}AAAA`)).rejects.toMatchObject({
    code: 'signature-bad',
  });
  await expect(keys.verify('keyvouch-decision+jwt', jws)).rejects.toMatchObject({ code: 'signature-bad' });
});

test('a running process goes on with the new version where the old one is switched off', async () => {
  const old = await add();
  const keys = await start();
  clock += MINUTES;
  const next = await add();
  old.on = false;
  expect(await keys.verify('keyvouch-job+jwt', await keys.sign('keyvouch-job+jwt', CLAIMS))).toEqual(CLAIMS);
  expect(await kidsOf(keys)).toEqual(kids(next));
});

test('what was signed by a version made elsewhere is believed once the versions are a minute old', async () => {
  await add();
  const keys = await start();
  await add();
  const jws = await (await start()).sign('keyvouch-job+jwt', CLAIMS);
  await expect(keys.verify('keyvouch-job+jwt', jws)).rejects.toMatchObject({ code: 'signature-bad' });
  clock += MINUTES;
  expect(await keys.verify('keyvouch-job+jwt', jws)).toEqual(CLAIMS);
});

test('a version that was switched off is not believed, and not published, after five minutes', async () => {
  const leaked = await add();
  const jws = await (await start()).sign('keyvouch-job+jwt', CLAIMS);
  const next = await add();
  const keys = await start();
  leaked.on = false;
  clock += 5 * MINUTES;
  await expect(keys.verify('keyvouch-job+jwt', jws)).rejects.toMatchObject({ code: 'signature-bad' });
  expect(await kidsOf(keys)).toEqual(kids(next));
});

test('each version but the first is endorsed by the one before it, and each is signed for once', async () => {
  const [, second, third] = [await add(), await add(), await add()];
  const keys = await start();
  const endorsements = await keys.endorsements();
  expect(endorsements.map((jws) => decodeJwt(jws)['jwk'])).toMatchObject([second.jwk, third.jwk]);
  for (let poll = 0; poll < 10; poll += 1) expect(await keys.endorsements()).toEqual(endorsements);
  expect(signed).toBe(2);
});

test('what cannot be endorsed any more is left out, and nothing else fails for it', async () => {
  const [first, , third] = [await add(), await add(), await add()];
  const keys = await start();
  first.on = false;
  expect((await keys.endorsements()).map((jws) => decodeJwt(jws)['jwk'])).toMatchObject([third.jwk]);
});

test('while the vault does not answer nothing is signed, and what is known is believed still', async () => {
  await add();
  const keys = await start();
  const jws = await keys.sign('keyvouch-job+jwt', CLAIMS);
  [down, clock] = [true, clock + 10 * MINUTES];
  await expect(keys.sign('keyvouch-job+jwt', CLAIMS)).rejects.toMatchObject({ code: 'keys-unreachable', retry: true });
  expect(await keys.verify('keyvouch-job+jwt', jws)).toEqual(CLAIMS);
  expect(reads).toBe(2);
  [down, clock] = [false, clock + MINUTES];
  expect(await keys.verify('keyvouch-job+jwt', await keys.sign('keyvouch-job+jwt', CLAIMS))).toEqual(CLAIMS);
});
