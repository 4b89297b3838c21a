import { Command } from 'commander';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { addInfo } from './info';
import { addKeys } from './keys';

let virtual: VirtualKey;
beforeAll(async () => {
  virtual = await startVirtualKey({ touch: 'auto' });
});
afterAll(() => virtual.close());
afterEach(() => {
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<{ out: string; err: string; exitCode: typeof process.exitCode }> {
  const out: string[] = [];
  const err: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void out.push(line));
  const error = jest.spyOn(console, 'error').mockImplementation((line: string) => void err.push(line));
  try {
    const program = new Command().exitOverride();
    addKeys(program);
    addInfo(program);
    await program.parseAsync(args, { from: 'user' });
    return { out: out.join('\n'), err: err.join('\n'), exitCode: process.exitCode };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}

const here = () => `tcp:127.0.0.1:${virtual.port}`;

describe('keys', () => {
  it('lists each key with its model and its PIN, and why one cannot be used', async () => {
    const { out } = await run('keys', '--device', here(), '--device', 'tcp:127.0.0.1:1');
    const [first, second] = out.split('\n');
    expect(first).toBe(`${here()}  Key behind a socket  ${virtual.aaguid}  no PIN yet`);
    expect(second).toContain('There is no security key at tcp:127.0.0.1:1.');
  });

  it('prints the same as JSON', async () => {
    const { out } = await run('keys', '--json', '--device', here(), '--device', 'tcp:127.0.0.1:1');
    expect(JSON.parse(out)).toMatchObject({
      keys: [
        { path: here(), usable: true, aaguid: virtual.aaguid, pin: { set: false, retriesLeft: null } },
        { path: 'tcp:127.0.0.1:1', usable: false, fault: { code: 'key-gone' } },
      ],
    });
  });

  it('says what is wrong with an address, and fails', async () => {
    const { out, err, exitCode } = await run('keys', '--device', 'tcp:nowhere');
    expect([out, exitCode]).toEqual(['', 1]);
    expect(err).toContain('(device-address-wrong)');
  });
});

describe('info', () => {
  it('shows everything for a person', async () => {
    const { out } = await run('info', '--device', here());
    expect(out).toMatch(/^Model \(AAGUID\) +b6d0c3a4-/m);
    expect(out).toMatch(/^PIN +no PIN yet$/m);
    expect(out).toMatch(/^Algorithms +ES256, EdDSA$/m);
  });

  it('has a shape that programs can count on', async () => {
    const { out } = await run('info', '--json', '--device', here());
    expect(Object.keys(JSON.parse(out) as object)).toEqual([
      'device',
      'aaguid',
      'versions',
      'firmware',
      'pin',
      'fingerprint',
      'passkeys',
      'options',
      'extensions',
      'algorithms',
      'transports',
      'attestationFormats',
      'certifications',
      'enterpriseAttestation',
      'alwaysVerify',
      'reset',
      'limits',
      'canWink',
      'unknown',
    ]);
  });
});
