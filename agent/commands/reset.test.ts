import { modern, startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { scriptedPrompts, type Script } from '../operations/scripted-prompts.fixture';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
afterEach(() => key.virtual.close());

/** A person who unplugs and plugs in when told. */
function obedient(script: Script) {
  const scripted = scriptedPrompts(script);
  const prompts = {
    ...scripted,
    progress(text: string) {
      if (text.startsWith('Unplug')) void key.virtual.power(false);
      if (text.startsWith('Plug')) void key.virtual.power(true);
      return scripted.progress(text);
    },
  };
  return { prompts, log: scripted.log };
}

describe('reset', () => {
  it('lists what will be gone where the person wants that, asks for a word, and erases', async () => {
    key = await plugged(start());
    await key.passkey('github.com', 'ada');
    const { prompts, log } = obedient({ confirms: [true], pins: [PIN], answers: ['ERASE'] });
    const { status, out } = await asPerson(['reset', ...key.here], prompts);
    expect([status, out]).toEqual([0, expect.stringContaining('no PIN and no passkey any more')]);
    expect(log.find((line) => line.startsWith('say To be erased'))).toMatch(/every passkey, the PIN, .*its settings/);
    expect(log.some((line) => line.startsWith('say On it are:\ngithub.com\n'))).toBe(true);
    expect((await asPerson(['keys', ...key.here])).out).toContain('no PIN yet');
  });

  it('takes no other word, and the PIN need not be known', async () => {
    key = await plugged(start());
    const { status } = await asPerson(
      ['reset', ...key.here],
      obedient({ confirms: [false], answers: ['yes'] }).prompts,
    );
    expect(status).toBe(130);
    expect((await asPerson(['keys', ...key.here])).out).toContain('PIN set, 8 tries left');
  });

  it('offers another try to who was too slow', async () => {
    key = await plugged(start({ ...modern, resetWindowMs: 0 }));
    const script = { confirms: [false, true, false, false], answers: ['ERASE', 'ERASE'] };
    const { prompts, log } = obedient(script);
    const { status } = await asPerson(['reset', ...key.here], prompts);
    expect(status).toBe(4);
    expect(log.filter((line) => line === 'confirm Try again now?')).toHaveLength(2);
  });

  it('is done by a program that names the key', async () => {
    key = await plugged(start());
    expect((await asProgram('reset', key.here)).document).toMatchObject({ error: { code: 'confirm-needed' } });
    const wrong = await asProgram('reset', [...key.here, '--confirm', 'yes']);
    expect([wrong.document, wrong.status]).toMatchObject([{ error: { code: 'confirm-wrong' } }, 10]);
    const running = asProgram('reset', [...key.here, '--confirm', key.address], [PIN]);
    setTimeout(
      () => void key.virtual.power(false).then(() => setTimeout(() => void key.virtual.power(true), 300)),
      700,
    );
    expect((await running).document).toEqual({
      erased: { path: key.address, aaguid: key.virtual.aaguid, passkeys: 0 },
    });
  });
});
