import { randomBytes } from 'node:crypto';
import { modern, startVirtualKey } from '../../infra/local/key';
import { deviceAt } from '../hid/devices';
import { encodeBase64Url } from '../protocol/credential-id';
import { Secret } from '../protocol/secret';
import { type Key, openKey } from './key';
import { listPasskeys } from './passkeys';
import { register } from './register';
import { removeCredential } from './remove-credential';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';

const PIN = '4711';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function pluggedWithPin(profile = modern): Promise<Key> {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  await setPin(key, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) });
  return key;
}

const add = (key: Key, rpId: string, name: string) =>
  register(key, {
    rpId,
    prompts: scriptedPrompts({ pins: [PIN] }),
    options: {
      rp: { id: rpId, name: rpId },
      user: { id: encodeBase64Url(randomBytes(16)), name, displayName: name.toUpperCase() },
      challenge: encodeBase64Url(randomBytes(32)),
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { requireResidentKey: true },
    },
  });

describe('the passkeys on a key', () => {
  it('are listed for all sites and users, and one can be deleted', async () => {
    const key = await pluggedWithPin();
    expect(await listPasskeys(key, { prompts: scriptedPrompts({ pins: [PIN] }) })).toEqual([]);
    const first = await add(key, 'login.microsoft.com', 'ada');
    await add(key, 'login.microsoft.com', 'bob');
    await add(key, 'github.com', 'ada');
    const listed = await listPasskeys(key, { prompts: scriptedPrompts({ pins: [PIN] }) });
    expect(listed.map(({ rpId, user }) => `${rpId} ${user.name ?? ''}`).sort()).toEqual([
      'github.com ada',
      'login.microsoft.com ada',
      'login.microsoft.com bob',
    ]);

    const prompts = scriptedPrompts();
    await removeCredential(key, first.credentialId, { prompts, pin: new Secret(PIN) });
    const left = await listPasskeys(key, { prompts: scriptedPrompts({ pins: [PIN] }) });
    expect(left).toHaveLength(2);
    expect(prompts.log).toEqual([]);
  });

  it('cannot be listed on every model', async () => {
    const key = await pluggedWithPin({ ...modern, credentialManagement: false, credentialManagementPreview: false });
    await expect(listPasskeys(key, { prompts: scriptedPrompts() })).rejects.toMatchObject({ code: 'key-cannot-list' });
  });
});
