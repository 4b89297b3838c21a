import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcp } from 'node:net';
import { join } from 'node:path';
import 'reflect-metadata';
import { startService, type TestService } from '../../bot/workstations/service.fixture';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { CTAP2 } from '../ctap/ctap';
import { listDevices } from '../hid/devices';
import { openKey } from '../operations/key';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { setPin } from '../operations/set-pin';
import { openConnection } from '../service/connection';
import { closeAll, open, paired, workstation } from '../service/workstation.fixture';
import { dataEntries } from './data-access';
import { type CheckId, type Finding } from './finding';
import { type DoctorOptions, examine } from './doctor';
import { type Machine, thisMachine } from './machine';
import { reportText, verdictOf } from './report';

let service: TestService;
let key: VirtualKey;
const env = { ...process.env };
beforeAll(async () => {
  service = await startService();
  key = await startVirtualKey({ touch: 'manual' });
});
afterAll(async () => {
  await key.close();
  await service.close();
});
afterEach(async () => {
  process.env = { ...env };
  Object.assign(service.switches, { clockMs: 0, loseReplies: undefined, models: [] });
  await closeAll();
});

/** A Linux desktop with one key; the parts that a test is about are given. */
function machine(directory: string, change: Partial<Machine> = {}): Machine {
  return {
    ...thisMachine(directory, []),
    platform: 'linux',
    env: {},
    hidraws: async () => [],
    brokered: () => false,
    udevRules: async () => ['ENV{ID_SECURITY_TOKEN}=="?*", TAG+="uaccess"'],
    devices: () => listDevices([`tcp:127.0.0.1:${key.port}`]),
    ...change,
  };
}

async function look(at: Machine, more: Omit<DoctorOptions, 'open'> = {}) {
  const findings = await examine(at, { open: (url) => openConnection(url, { limitMs: 3000 }), ...more });
  const states = Object.fromEntries(findings.map(({ check, state }) => [check, state])) as Record<CheckId, string>;
  return { findings, states, verdict: verdictOf(findings) };
}

const about = (findings: readonly Finding[], check: CheckId) => findings.find((finding) => finding.check === check);

async function givePin(): Promise<void> {
  const [device] = await listDevices([`tcp:127.0.0.1:${key.port}`]);
  const opened = await openKey(device!);
  try {
    if (opened.info.options['clientPin'] !== true)
      await setPin(opened, { prompts: scriptedPrompts({ pins: ['314159', '314159'] }) });
  } finally {
    await opened.close();
  }
}

it('finds nothing in the way of a paired workstation with a good key, and changes nothing while it looks', async () => {
  await givePin();
  const { at } = await paired(service);
  const before = snapshot(at.directory);
  const condition = key.condition();
  service.switches.models = [{ enforcement: 'allow', aaguids: [key.aaguid] }];
  const { findings, states, verdict } = await look(machine(at.directory));
  expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(verdict).toBe('ok');
  expect(Object.keys(states)).toEqual([
    'session',
    'data-directory',
    'pairing',
    'key-store',
    'proxy',
    'service',
    'clock',
    'hid-access',
    'hid-library',
    'key',
    'pin',
    'capabilities',
    'room',
    'model',
  ]);
  expect(about(findings, 'key-store')?.say).toContain(at.directory);
  expect(about(findings, 'pin')?.say).toContain('8 tries left');
  expect(snapshot(at.directory)).toEqual(before);
  expect(key.condition()).toEqual(condition);
  expect(reportText(findings)).toMatch(/^ok .*\n\nNothing that was checked stands in the way\.$/s);
});

describe('the models of key that the tenant lets in', () => {
  const blocked = () => [{ enforcement: 'block' as const, aaguids: [key.aaguid.toUpperCase()] }];

  it('are asked of the service: a key of another model stops', async () => {
    const { at } = await paired(service);
    service.switches.models = blocked();
    const { findings, verdict } = await look(machine(at.directory));
    expect(about(findings, 'model')).toMatchObject({
      state: 'stop',
      say: expect.stringContaining('does not allow this model') as string,
    });
    expect(verdict).toBe('stop');
  });

  it.each(['a shared desk, where it depends on who comes', 'a service that does not answer that'])(
    'are not checked at %s; nothing else suffers from it',
    async (where) => {
      const { at } = await paired(service, where.startsWith('a shared desk') ? 'desk' : 'own');
      service.switches.models = blocked();
      if (where.startsWith('a service')) service.switches.loseReplies = /models/;
      const { findings } = await look(machine(at.directory));
      expect(findings.filter(({ state }) => state !== 'ok').map(({ check, state }) => [check, state])).toEqual([
        ['model', 'not-checked'],
      ]);
    },
  );
});

function snapshot(directory: string) {
  return readdirSync(directory).map((name) => [
    name,
    readFileSync(join(directory, name), 'utf8'),
    statSync(join(directory, name)).mode,
  ]);
}

it('says of everything that it could not look at that it is not checked', async () => {
  const { directory } = workstation(service.url);
  const { states, verdict, findings } = await look(machine(directory, { devices: async () => [] }));
  expect(states).toEqual({
    session: 'ok',
    'data-directory': 'ok',
    pairing: 'stop',
    'key-store': 'not-checked',
    proxy: 'not-checked',
    service: 'not-checked',
    clock: 'not-checked',
    'hid-access': 'ok',
    'hid-library': 'ok',
    key: 'stop',
  });
  expect(verdict).toBe('stop');
  expect(reportText(findings)).toMatch(/2 things stand in the way\. 4 not checked\.$/);
});

it('sees a clock that is off, and a workstation that was removed', async () => {
  const { at, pairing } = await paired(service);
  service.switches.clockMs = 600_000;
  const off = await look(machine(at.directory));
  expect([off.states.clock, off.states.service]).toEqual(['stop', 'ok']);
  expect(about(off.findings, 'clock')?.say).toContain('10 minutes behind');
  service.switches.clockMs = 0;
  await service.settle(pairing.workstation, 'removed');
  expect((await look(machine(at.directory))).states.pairing).toBe('stop');
});

it('sees what is wrong with its own files', async () => {
  const { at, pairing } = await paired(service);
  const file = join(at.directory, `key-${pairing.thumbprint}.json`);
  chmodSync(file, 0o644);
  expect((await look(machine(at.directory))).states['data-directory']).toBe('stop');
  chmodSync(file, 0o600);
  await at.keys.remove(pairing.thumbprint);
  const gone = await look(machine(at.directory));
  expect([gone.states['key-store'], gone.states.pairing]).toEqual(['stop', 'not-checked']);
  writeFileSync(join(at.directory, 'pairing.json'), '{');
  const damaged = await look(machine(at.directory));
  expect(about(damaged.findings, 'pairing')).toMatchObject({
    state: 'stop',
    say: expect.stringContaining('damaged') as string,
  });
  const closed = await look(machine(at.directory, { dataEntries: () => dataEntries(`${at.directory}/pairing.json`) }));
  expect(closed.states['data-directory']).toBe('not-checked');
});

it('sees a service that is down, a proxy that refuses, and traffic that is read on its way', async () => {
  const { directory } = workstation(service.url);
  const at = machine(directory, { devices: async () => [] });
  expect((await look(at, { service: 'http://127.0.0.1:9' })).states.service).toBe('stop');
  expect((await look(at, { service: service.url })).findings).toContainEqual(
    expect.objectContaining({
      check: 'service',
      state: 'stop',
      say: expect.stringContaining('not the Keyvouch service') as string,
    }),
  );

  const { url, close } = await tlsServer();
  open.push(close);
  const read = await look(at, { service: url });
  expect(about(read.findings, 'service')).toMatchObject({
    state: 'stop',
    say: expect.stringContaining('"Contoso Inspection"') as string,
  });

  const proxy = createTcp((socket) =>
    socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 407 Sign In\r\n\r\n')),
  );
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  open.push(() => void proxy.close());
  const HTTPS_PROXY = `http://ada:hunter2@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { NO_PROXY: _, no_proxy: __, https_proxy: ___, ...rest } = env;
  process.env = { ...rest, HTTPS_PROXY };
  const refused = await look({ ...at, env: { HTTPS_PROXY } }, { service: 'https://keyvouch.invalid' });
  expect(about(refused.findings, 'service')?.say).toMatch(/proxy .*HTTP 407/);
  expect(JSON.stringify(refused.findings)).not.toContain('hunter2');
});

async function tlsServer() {
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Contoso Inspection',
    keys,
    signingAlgorithm: algorithm,
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const server: Server = createServer({
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

describe('keys', () => {
  const hidraw = (path: string) => ({ path, access: 'yes' as const, lockName: undefined });

  it('that another program has locked are left alone', async () => {
    const { directory } = workstation(service.url);
    const path = `tcp:127.0.0.1:${key.port}`;
    const at = machine(directory, {
      hidraws: async () => [hidraw(path)],
      holders: async () => ({ lockedBy: [{ pid: 7, name: 'fido2-token' }], openIn: [] }),
    });
    const { findings, states } = await look(at);
    expect(states['other-program']).toBe('stop');
    expect(findings.some(({ check }) => check === 'key' || check === 'pin')).toBe(false);
  });

  it('that are busy with a touch for somebody else stop, and that program loses nothing', async () => {
    const { directory } = workstation(service.url);
    const [device] = await listDevices([`tcp:127.0.0.1:${key.port}`]);
    const other = await openKey(device!);
    try {
      let waits: () => void = () => undefined;
      const waiting = new Promise<void>((told) => (waits = told));
      const selection = other.ctap.send(CTAP2.selection, undefined, {
        onKeepalive: (state) => state === 'touch' && waits(),
      });
      await waiting;
      const { findings } = await look(machine(directory));
      expect(about(findings, 'key')).toMatchObject({
        state: 'stop',
        say: expect.stringContaining('Another program') as string,
      });
      key.touch();
      await selection;
    } finally {
      await other.close();
    }
  }, 15_000);

  it('on macOS and Windows are looked at by what those systems tell', async () => {
    const { directory } = workstation(service.url);
    const mac = await look(machine(directory, { platform: 'darwin' }));
    expect([mac.states['input-access'], mac.states['hid-access']]).toEqual(['ok', undefined]);
    const windows = await look(
      machine(directory, { platform: 'win32', user: undefined, groups: async () => 'S-1-16-8192' }),
    );
    expect([windows.states.elevation, windows.states['data-directory']]).toEqual(['attention', 'not-checked']);
    const hidden = machine(directory, {
      platform: 'win32',
      groups: async () => 'S-1-16-8192',
      devices: async () => [],
    });
    expect((await look(hidden)).states.key).toBe('not-checked');
    expect((await look({ ...hidden, brokered: () => true })).states.key).toBe('stop');
  });
});
