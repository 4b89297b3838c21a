import { startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
afterEach(() => key.virtual.close());

describe('fingerprints', () => {
  it('are added with guidance, listed, renamed and removed by a person', async () => {
    key = await plugged(start('fingerprint'));
    const run = (command: string[], script: Parameters<typeof asPerson>[1]) =>
      asPerson(['fingerprints', ...command, ...key.here], script);
    const none = await run(['list'], { pins: [PIN] });
    expect(none.out).toBe('No fingerprint is enrolled on this security key.');
    const added = await run(['add', '--name', 'thumb'], { pins: [PIN] });
    expect([added.status, added.out]).toEqual([
      0,
      expect.stringMatching(/^The new fingerprint is "thumb" \([0-9a-f]+\)\.$/),
    ]);
    expect(added.log.some((line) => /^touch Lift the finger.*sample 2 of about \d/.test(line))).toBe(true);
    expect((await run(['list'], { pins: [PIN] })).out).toMatch(/^[0-9a-f]+ {2}thumb$/);
    const renamed = await run(['rename', 'thumb', 'left thumb'], { pins: [PIN] });
    expect(renamed.out).toContain('"left thumb"');
    const kept = await run(['remove', 'left thumb'], { pins: [PIN], confirms: [false] });
    const gone = await run(['remove', 'left thumb'], { pins: [PIN], confirms: [true] });
    expect([kept.status, gone.status]).toEqual([130, 0]);
  });

  it('do the same for a program, which must name what it removes', async () => {
    key = await plugged(start('fingerprint'));
    const { document } = await asProgram('fingerprints add', [...key.here, '--name', 'thumb'], [PIN]);
    const { id } = document['added'] as { id: string };
    expect((await asProgram('fingerprints list', key.here, [PIN])).document).toMatchObject({
      fingerprints: [{ id, name: 'thumb' }],
      sensor: { kind: 'touch' },
    });
    const renamed = await asProgram('fingerprints rename', [id, 'index', ...key.here], [PIN]);
    expect(renamed.document).toEqual({ renamed: { id, name: 'index' } });
    const remove = (which: string, ...more: string[]) =>
      asProgram('fingerprints remove', [which, ...key.here, ...more], [PIN]);
    expect((await remove('index')).document).toMatchObject({ error: { code: 'confirm-needed' } });
    expect((await remove('thumb')).document).toMatchObject({ error: { code: 'fingerprint-unknown' } });
    expect((await remove(id, '--confirm', 'index')).document).toMatchObject({ removed: { id } });
  });

  it('need a reader', async () => {
    key = await plugged(start());
    const { document, status } = await asProgram('fingerprints list', key.here, [PIN]);
    expect([document, status]).toMatchObject([{ error: { code: 'key-no-fingerprint' } }, 8]);
  });
});
