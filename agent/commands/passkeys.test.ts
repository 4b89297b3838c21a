import { modern, startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { encodeBase64Url } from '../protocol/credential-id';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
afterEach(() => key.virtual.close());

const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');

describe('passkeys list', () => {
  it('shows them by site, with who, how protected and a short id', async () => {
    key = await plugged(start());
    const ada = await key.passkey('login.microsoft.com', 'ada@contoso.com', 'Ada Lovelace');
    await key.passkey('github.com', 'ada');
    const { out } = await asPerson(['passkeys', 'list', ...key.here], { pins: [PIN] });
    const lines = out.split('\n');
    expect([lines[0], lines[2]]).toEqual(['github.com', 'login.microsoft.com']);
    expect(lines[3]).toContain(`${hex(ada).slice(0, 8)}  Ada Lovelace (ada@contoso.com)`);
    expect(lines[3]).toMatch(/credProtect \d/);
    expect(out).toMatch(/2 passkeys; room for \d+ more\. Dates are unknown/);
  });

  it('filters by site, for people and for programs', async () => {
    key = await plugged(start());
    const id = await key.passkey('login.microsoft.com', 'ada');
    await key.passkey('github.com', 'ada');
    const { document } = await asProgram('passkeys list', [...key.here, '--site', 'Login.Microsoft.com'], [PIN]);
    expect(document).toMatchObject({
      passkeys: [{ site: 'login.microsoft.com', id: encodeBase64Url(id), user: { name: 'ada', displayName: 'ADA' } }],
    });
    const none = await asPerson(['passkeys', 'list', ...key.here, '--site', 'example.org'], { pins: [PIN] });
    expect(none.out).toContain('no passkey of example.org on this security key; there are some of github.com, login');
  });

  it('keeps what a key says from steering the terminal', async () => {
    key = await plugged(start());
    await key.passkey('example.org', 'ada\u001b[2J\u202egnp.exe', 'x'.repeat(60));
    const { out } = await asPerson(['passkeys', 'list', ...key.here], { pins: [PIN] });
    expect(out).toContain(`${'x'.repeat(39)}… (ada?[2J?gnp.exe)`);
    const json = await asProgram('passkeys list', key.here, [PIN]);
    // The same for whoever prints JSON on a terminal; yet a program gets every character.
    expect(json.out).toContain('\\u202e');
    expect(json.document).toMatchObject({ passkeys: [{ user: { name: 'ada\u001b[2J\u202egnp.exe' } }] });
  });

  it('says what stands in the way', async () => {
    key = await plugged(start({ ...modern, credentialManagement: false, credentialManagementPreview: false }));
    const { document, status } = await asProgram('passkeys list', key.here, [PIN]);
    expect([document, status]).toMatchObject([{ error: { code: 'key-cannot-list' } }, 8]);
  });
});

describe('passkeys delete', () => {
  it('shows a person which one it is, asks, and needs the PIN once', async () => {
    key = await plugged(start());
    const id = await key.passkey('github.com', 'ada');
    const short = hex(id).slice(0, 10).toUpperCase();
    const no = await asPerson(['passkeys', 'delete', short, ...key.here], { pins: [PIN], confirms: [false] });
    expect([no.status, no.log.find((line) => line.startsWith('confirm'))]).toEqual([
      130,
      expect.stringContaining('ADA (ada) at github.com for ever?'),
    ]);
    const yes = await asPerson(['passkeys', 'delete', short, ...key.here], { pins: [PIN], confirms: [true] });
    expect([yes.status, yes.out]).toEqual([
      0,
      expect.stringContaining('Deleted the passkey of ADA (ada) at github.com'),
    ]);
    expect((await asPerson(['passkeys', 'list', ...key.here], { pins: [PIN] })).out).toContain('no passkeys');
  });

  it('takes the whole id as the yes of a program, and nothing less', async () => {
    key = await plugged(start());
    const id = await key.passkey('github.com', 'ada');
    const short = hex(id).slice(0, 8);
    const remove = (...confirm: string[]) => asProgram('passkeys delete', [short, ...key.here, ...confirm], [PIN]);
    expect((await remove()).document).toMatchObject({ error: { code: 'confirm-needed' } });
    const wrong = await remove('--confirm', short);
    expect([wrong.document, wrong.status]).toMatchObject([{ error: { code: 'confirm-wrong' } }, 10]);
    const { document } = await remove(`--confirm=${encodeBase64Url(id)}`);
    expect(document).toMatchObject({ deleted: { site: 'github.com', id: encodeBase64Url(id) } });
  });

  it.each([
    ['that is not there', 'ffffffff', 'passkey-unknown'],
    ['too short to be sure', 'f', 'passkey-unknown'],
  ])('refuses an id %s', async (_, id, code) => {
    key = await plugged(start());
    await key.passkey('github.com', 'ada');
    expect((await asProgram('passkeys delete', [id, ...key.here], [PIN])).document).toMatchObject({ error: { code } });
  });
});

describe('passkeys rename', () => {
  it('changes what is given and leaves the rest', async () => {
    key = await plugged(start());
    const id = hex(await key.passkey('github.com', 'ada', 'Ada'));
    const { document } = await asProgram('passkeys rename', [id, ...key.here, '--display-name', 'Ada, work'], [PIN]);
    expect(document).toMatchObject({ renamed: { user: { name: 'ada', displayName: 'Ada, work' } } });
    const person = await asPerson(['passkeys', 'rename', id, ...key.here, '--name', 'ada2'], { pins: [PIN] });
    expect(person.out).toBe(`The passkey ${id.slice(0, 8)} is now that of Ada, work (ada2) at github.com.`);
  });

  it('wants a name, and a key that can', async () => {
    key = await plugged(start({ ...modern, credentialManagement: false, credentialManagementPreview: true }));
    const id = hex(await key.passkey('github.com', 'ada'));
    const nameless = await asProgram('passkeys rename', [id, ...key.here], [PIN]);
    expect([nameless.document, nameless.status]).toMatchObject([{ error: { code: 'usage' } }, 2]);
    const { document, status } = await asProgram('passkeys rename', [id, ...key.here, '--name', 'x'], [PIN]);
    expect([document, status]).toMatchObject([{ error: { code: 'key-cannot-rename' } }, 8]);
    expect((document['error'] as { say: string }).say).toContain('preview command of before CTAP 2.1');
  });
});
