import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '../../agent/protocol/secret';
import { fileSecrets } from './file-secrets';
import { remembered, type SecretVersion } from './named-secrets';

const version = (kid: string): SecretVersion => ({ kid, secret: new Secret(`secret of ${kid}`) });
const kids = (versions: readonly SecretVersion[]) => versions.map(({ kid }) => kid);

describe('remembered', () => {
  let clock = 0;
  let reads = 0;
  let there: readonly SecretVersion[] | Error = [];
  const secrets = () =>
    remembered(
      {
        versions: () => {
          reads += 1;
          return there instanceof Error ? Promise.reject(there) : Promise.resolve(there);
        },
      },
      () => clock,
    );
  beforeEach(() => {
    clock = 0;
    reads = 0;
  });

  test('read once in five minutes, then anew: a new version is taken up without a restart', async () => {
    const one = secrets();
    there = [version('a')];
    expect(kids(await one.versions('x'))).toEqual(['a']);
    there = [version('b'), version('a')];
    clock = 299_000;
    expect(kids(await one.versions('x'))).toEqual(['a']);
    clock = 300_000;
    expect(kids(await one.versions('x'))).toEqual(['b', 'a']);
    expect(reads).toBe(2);
  });

  test('a vault that is out of reach for a while stops nothing that was known', async () => {
    const one = secrets();
    there = [version('a')];
    await one.versions('x');
    there = new Error('out of reach');
    clock = 300_000;
    expect(kids(await one.versions('x'))).toEqual(['a']);
    await expect(one.versions('y')).rejects.toThrow('out of reach');
  });

  test('what is not there yet is asked for again each time', async () => {
    const one = secrets();
    there = [];
    expect(await one.versions('x')).toEqual([]);
    there = [version('a')];
    expect(kids(await one.versions('x'))).toEqual(['a']);
  });
});

test('a file holds the newest first, and two at most; its kids tell nothing of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-secrets-'));
  const file = join(folder, 'secrets.json');
  try {
    expect(await fileSecrets(file).versions('keyvouch-webhook')).toEqual([]);
    writeFileSync(file, JSON.stringify({ 'keyvouch-webhook': ['new', 'old', 'older'] }));
    const versions = await fileSecrets(file).versions('keyvouch-webhook');
    expect(versions.map(({ secret }) => secret.reveal())).toEqual(['new', 'old']);
    for (const { kid } of versions) expect(kid).toMatch(/^[0-9a-f]{8}$/);
    expect(JSON.stringify(versions)).not.toContain('old');
    expect(await fileSecrets(file).versions('another')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
