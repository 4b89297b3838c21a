import { setTimeout as sleep } from 'node:timers/promises';
import { modern, startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { type Key, openKey } from './key';
import { type Prompts } from './prompts';
import { reset } from './reset';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function pluggedWithPin(profile = modern): Promise<{ virtual: VirtualKey; key: Key }> {
  const virtual = await startVirtualKey({ touch: 'auto', profile });
  open.push(virtual);
  const key = await openKey(deviceAt(`tcp:127.0.0.1:${virtual.port}`));
  open.push(key);
  await setPin(key, { prompts: scriptedPrompts({ pins: ['4711', '4711'] }) });
  return { virtual, key };
}

/** A person who does what the progress says. */
function obedient(act: (text: string) => Promise<void>, confirms = [true]): Prompts & { log: readonly string[] } {
  const scripted = scriptedPrompts({ confirms });
  return {
    ...scripted,
    progress(text) {
      void act(text);
      return scripted.progress(text);
    },
  };
}

const devices = (...virtuals: VirtualKey[]) => {
  return async () => virtuals.map(({ port }) => deviceAt(`tcp:127.0.0.1:${port}`));
};
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

describe('a reset', () => {
  it('erases the key that was unplugged and plugged in again', async () => {
    const { virtual, key } = await pluggedWithPin();
    const prompts = obedient((text) => virtual.power(!text.startsWith('Unplug')));
    const empty = await reset(key, { prompts, list: devices(virtual) });
    open.push(empty);
    expect(empty.info.options['clientPin']).toBe(false);
    expect(prompts.log.filter((line) => line.startsWith('progress'))).toEqual([
      'progress Unplug the key …',
      'progress Plug the same key in again …',
      'progress Touch it within 10 seconds of plugging it in, 5 on some keys …',
    ]);
  });

  it('never touches another key, neither one that stayed plugged in nor one that comes instead', async () => {
    const { virtual, key } = await pluggedWithPin();
    const twin = await pluggedWithPin();
    const stranger = await pluggedWithPin({ ...modern, aaguid: '00000000-0000-0000-0000-000000000001' });
    let present = [virtual, twin.virtual];
    const prompts = obedient(async (text) => {
      if (text.startsWith('Unplug')) {
        await virtual.power(false);
        present = [twin.virtual, stranger.virtual];
        setTimeout(() => void virtual.power(true).then(() => (present = [twin.virtual, virtual])), 400);
      }
    });
    const empty = await reset(key, { prompts, list: async () => devices(...present)() });
    open.push(empty);
    expect(empty.device.path).toBe(`tcp:127.0.0.1:${virtual.port}`);
    expect(prompts.log.some((line) => line.startsWith('say That is another key'))).toBe(true);
    for (const other of [twin, stranger]) expect((await other.key.refresh()).options['clientPin']).toBe(true);
  });

  it('never touches a key that was plugged in before the right one was unplugged', async () => {
    const { virtual, key } = await pluggedWithPin();
    const twin = await pluggedWithPin();
    let present = [virtual];
    const prompts = obedient(async (text) => {
      if (!text.startsWith('Unplug')) return;
      present = [virtual, twin.virtual];
      await sleep(300);
      present = [twin.virtual];
      await virtual.power(false);
      await sleep(300);
      await virtual.power(true);
      present = [twin.virtual, virtual];
    });
    const empty = await reset(key, { prompts, list: async () => devices(...present)() });
    open.push(empty);
    expect(empty.device.path).toBe(`tcp:127.0.0.1:${virtual.port}`);
    expect((await twin.key.refresh()).options['clientPin']).toBe(true);
  });

  it.each(['a system', 'an address'])(
    'finds the key where another was plugged in before: by the path of %s',
    async (of) => {
      const { virtual, key } = await pluggedWithPin();
      const stranger = await pluggedWithPin({ ...modern, aaguid: '00000000-0000-0000-0000-000000000001' });
      await stranger.key.close();
      const path = key.device.path;
      const at = ({ port }: VirtualKey) => ({ ...deviceAt(`tcp:127.0.0.1:${port}`), path });
      let present = [at(virtual)];
      const none = of === 'a system' ? [] : undefined;
      const prompts = obedient(async (text) => {
        if (!text.startsWith('Unplug')) return;
        await virtual.power(false);
        present = none ?? present;
        await sleep(300);
        present = [at(stranger.virtual)];
        await sleep(500);
        await stranger.virtual.power(false);
        present = none ?? present;
        await sleep(300);
        await virtual.power(true);
        present = [at(virtual)];
      });
      const empty = await reset(key, { prompts, list: () => Promise.resolve(present), waitMs: 5000 });
      open.push(empty);
      expect(empty.info).toMatchObject({ aaguid: modern.aaguid, options: { clientPin: false } });
      expect(prompts.log.filter((line) => line.startsWith('say That is another key'))).toHaveLength(1);
      expect(stranger.virtual.condition()).toMatchObject({ pinSet: true });
    },
  );

  it('is not done without a yes', async () => {
    const { key } = await pluggedWithPin();
    expect(await code(reset(key, { prompts: scriptedPrompts({ confirms: [false] }) }))).toBe('reset-declined');
    expect((await key.refresh()).options['clientPin']).toBe(true);
  });

  it('that comes too late says so', async () => {
    const { virtual, key } = await pluggedWithPin({ ...modern, resetWindowMs: 0 });
    const prompts = obedient((text) => virtual.power(!text.startsWith('Unplug')));
    expect(await code(reset(key, { prompts, list: devices(virtual) }))).toBe('reset-too-late');
  });

  it('waits only so long, and can be called off', async () => {
    const { virtual, key } = await pluggedWithPin();
    const prompts = scriptedPrompts({ confirms: [true, true] });
    const list = devices(virtual);
    expect(await code(reset(key, { prompts, list, waitMs: 100 }))).toBe('key-not-found');
    expect(await code(reset(key, { prompts, list, signal: AbortSignal.timeout(100) }))).toBe('key-cancelled');
  });
});
