import { modern, startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
afterEach(() => key.virtual.close());

const show = async () => (await asProgram('config show', key.here)).document;

describe('config show', () => {
  it('shows what is set, for people and for programs', async () => {
    key = await plugged(start());
    expect((await asPerson(['config', 'show', ...key.here])).out).toMatch(/^minimum-pin +4 characters$/m);
    expect(await show()).toMatchObject({
      canConfigure: true,
      alwaysVerify: false,
      minimumPin: 4,
      pinMustChange: false,
    });
  });
});

describe('config set', () => {
  it('turns always-verify on and off, says when it was so, and asks a person', async () => {
    key = await plugged(start());
    const no = await asPerson(['config', 'set', 'always-verify', 'on', ...key.here], { confirms: [false] });
    expect([no.status, (await show())['alwaysVerify']]).toEqual([130, false]);
    const yes = await asPerson(['config', 'set', 'always-verify', 'on', ...key.here], {
      confirms: [true],
      pins: [PIN],
    });
    expect([yes.out, (await show())['alwaysVerify']]).toEqual(['It is set.', true]);
    const set = (value: string, ...more: string[]) =>
      asProgram('config set', ['always-verify', value, ...key.here, ...more], [PIN]);
    expect((await set('on')).document).toEqual({ setting: 'always-verify', value: true, result: 'already' });
    expect((await set('off', '--yes')).document).toEqual({ setting: 'always-verify', value: false, result: 'changed' });
    expect((await show())['alwaysVerify']).toBe(false);
  });

  it('raises the minimum length only for who names it, says that it lasts, and never lowers it', async () => {
    key = await plugged(start());
    const set = (value: string, ...more: string[]) =>
      asProgram('config set', ['minimum-pin', value, ...key.here, ...more], [PIN]);
    expect((await set('6', '--yes')).document).toMatchObject({ error: { code: 'confirm-needed' } });
    const asked = await asPerson(['config', 'set', 'minimum-pin', '6', ...key.here], { confirms: [true], pins: [PIN] });
    expect(asked.log.find((line) => line.startsWith('confirm'))).toContain('cannot be undone');
    expect((await show())['minimumPin']).toBe(6);
    expect((await set('6')).document).toMatchObject({ result: 'already' });
    const lower = await set('5', '--confirm', 'minimum-pin');
    expect([lower.document, lower.status]).toMatchObject([{ error: { code: 'pin-minimum-lower' } }, 7]);
  });

  it('names the sites that are told, and forces a change of the PIN', async () => {
    key = await plugged(start());
    const sites = ['minimum-pin-sites', 'login.microsoft.com,example.org', ...key.here, '--yes'];
    expect((await asProgram('config set', sites, [PIN])).document).toMatchObject({
      value: ['login.microsoft.com', 'example.org'],
      result: 'changed',
    });
    const force = await asProgram('config set', ['force-pin-change', ...key.here, '--yes'], [PIN]);
    expect([force.document, (await show())['pinMustChange']]).toMatchObject([{ result: 'changed' }, true]);
  });

  it.each([
    ['a value that is none', ['always-verify', 'maybe'], 'setting-value-odd', 2],
    ['a number that is none', ['minimum-pin', 'six'], 'setting-value-odd', 2],
    ['no value', ['minimum-pin'], 'setting-value-odd', 2],
    ['sites that are none', ['minimum-pin-sites', 'a b'], 'setting-value-odd', 2],
    ['what this model lacks', ['enterprise-attestation', 'on'], 'key-setting-fixed', 8],
  ])('refuses %s', async (_, args, code, exit) => {
    key = await plugged(start({ ...modern, authenticatorConfig: false }));
    const { document, status } = await asProgram('config set', [...args, ...key.here], [PIN]);
    expect([document, status]).toMatchObject([{ error: { code } }, exit]);
  });
});
