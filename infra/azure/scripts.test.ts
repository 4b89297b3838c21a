import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The two scripts run for real; `az` and `npm` are stand-ins that note how they were called. */
let bin = '';

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'keyvouch-az-'));
  standIn('npm', 'echo "npm $*" >>"$CALLS"');
});
afterEach(() => rmSync(bin, { recursive: true, force: true }));

function standIn(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${body}\n`);
  chmodSync(join(bin, name), 0o755);
}

function run(script: string, args: string[], env: Record<string, string> = {}) {
  const calls = join(bin, 'calls');
  const { status, stdout, stderr } = spawnSync('bash', [join(__dirname, script), ...args], {
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, CALLS: calls, ...env },
  });
  return { status, stdout, stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8') : '' };
}

describe('after-provision.sh', () => {
  const outputs = {
    KEYVOUCH_VAULT_NAME: 'kv-test',
    KEYVOUCH_SEAL_SECRET: 'keyvouch-seal',
    KEYVOUCH_APP_ID: 'an-id',
    KEYVOUCH_PUBLIC_URL: 'https://keyvouch.invalid',
  };
  const vault = (list: string) => `
    echo "az $*" >>"$CALLS"
    case "$*" in
      'keyvault secret list'*) ${list} ;;
      'keyvault secret set'*) while [ $# -gt 0 ]; do [ "$1" = --file ] && cp "$2" "$CALLS.seal" && stat -c %a "$2" >>"$CALLS.seal.mode"; shift; done ;;
    esac`;

  test('makes the seal where there is none: 32 random bytes, through a private file, never printed', () => {
    standIn('az', vault('echo another-secret'));
    const { status, stdout, stderr, calls } = run('after-provision.sh', [], outputs);
    const seal = readFileSync(join(bin, 'calls.seal'), 'utf8');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(Buffer.from(seal, 'base64url')).toHaveLength(32);
    expect(readFileSync(join(bin, 'calls.seal.mode'), 'utf8').trim()).toBe('600');
    expect(stdout + calls).not.toContain(seal);
    const file = /--file (\S+)/.exec(calls)![1]!;
    expect(existsSync(file)).toBe(false);
    expect(calls).toContain('run build');
  });

  test('leaves a seal that is there', () => {
    standIn('az', vault('echo another-secret; echo keyvouch-seal'));
    const { status, calls } = run('after-provision.sh', [], outputs);
    expect(status).toBe(0);
    expect(calls).not.toContain('secret set');
  });

  test('does not take a vault it may not read for one without a seal', () => {
    standIn('az', vault('exit 1'));
    const { status, stderr, calls } = run('after-provision.sh', [], outputs);
    expect(status).toBe(1);
    expect(stderr).toContain('cannot be read');
    expect(calls).not.toContain('secret set');
  });

  test('says what is missing when azd did not start it', () => {
    standIn('az', vault(':'));
    const { status, stderr, calls } = run('after-provision.sh', []);
    expect(status).not.toBe(0);
    expect(stderr).toContain('KEYVOUCH_VAULT_NAME');
    expect(calls).toBe('');
  });
});

describe('grant-graph.sh', () => {
  const names = Object.keys(
    JSON.parse(readFileSync(join(__dirname, 'graph/permissions.json'), 'utf8')) as Record<string, string>,
  ).sort();

  function graph(has: string[], offers = names): void {
    const appRoles = offers.flatMap((value) => [
      { value, id: `delegated-${value}`, allowedMemberTypes: ['User'] },
      { value, id: `role-${value}`, allowedMemberTypes: ['Application'] },
    ]);
    writeFileSync(join(bin, 'graph.json'), JSON.stringify({ id: 'graph-id', appRoles }));
    writeFileSync(join(bin, 'has.json'), JSON.stringify({ value: has.map((name) => ({ appRoleId: `role-${name}` })) }));
    standIn(
      'az',
      `
      case "$*" in
        'ad sp show'*) cat "${bin}/graph.json" ;;
        *'--method get'*) cat "${bin}/has.json" ;;
        *) echo "$*" >>"$CALLS" ;;
      esac`,
    );
  }

  test('grants what is missing, as application roles, and leaves what is there', () => {
    graph(names.slice(0, 2));
    const { status, stdout, calls } = run('grant-graph.sh', ['principal-id']);
    expect(status).toBe(0);
    expect(stdout.match(/^has /gm)).toHaveLength(2);
    const bodies = [...calls.matchAll(/--body (\{.*\})/g)].map(([, body]) => JSON.parse(body!) as unknown);
    expect(bodies).toHaveLength(names.length - 2);
    for (const name of names.slice(2)) {
      expect(bodies).toContainEqual({ principalId: 'principal-id', resourceId: 'graph-id', appRoleId: `role-${name}` });
    }
  });

  test('grants an optional right that was named, and no other', () => {
    const optional = 'User.EnableDisableAccount.All';
    graph(names, [...names, optional, 'Mail.Send']);
    const { status, calls } = run('grant-graph.sh', ['principal-id', optional]);
    expect(status).toBe(0);
    expect(calls.match(/appRoleId/g)).toHaveLength(1);
    expect(calls).toContain(`role-${optional}`);
    // In Graph it would hold for every mailbox.
    expect(run('grant-graph.sh', ['principal-id', 'Mail.Send']).status).toBe(1);
  });

  test('without a principal it says so and grants nothing', () => {
    graph([]);
    const { status, stderr, calls } = run('grant-graph.sh', []);
    expect(status).not.toBe(0);
    expect(stderr).toContain("say the identity's object id");
    expect(calls).toBe('');
  });

  test('a right that the tenant does not offer stops it', () => {
    graph(
      [],
      names.filter((name) => name !== names[0]),
    );
    const { status, stderr } = run('grant-graph.sh', ['principal-id']);
    expect(status).toBe(1);
    expect(stderr).toContain(names[0]!);
  });
});
