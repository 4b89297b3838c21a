import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { asPerson } from './agent.fixture';

let key: VirtualKey;
let data: string;
beforeAll(async () => {
  key = await startVirtualKey({ touch: 'manual' });
  data = mkdtempSync(join(tmpdir(), 'keyvouch-doctor-'));
});
afterAll(async () => {
  await key.close();
  rmSync(data, { recursive: true, force: true });
});

it('says each reason with its mend, and ends with the status for what stands in the way', async () => {
  const device = `tcp:127.0.0.1:${key.port}`;
  const { out, status } = await asPerson(['doctor', '--allow-remote', '--data', data, '--device', device]);
  expect(status).toBe(11);
  expect(out).toMatch(/^STOP +This workstation is not paired with Keyvouch\.\n +-> Type "pair" in the chat/m);
  expect(out).toMatch(new RegExp(`^attention +${device}: The key has no PIN yet\\.$`, 'm'));
  expect(out).toMatch(/^not checked .*clock/m);
});

it('refuses an address of the service that is none', async () => {
  const { status } = await asPerson(['doctor', '--service', 'http://keyvouch.example', '--data', data]);
  expect(status).toBe(3);
});
