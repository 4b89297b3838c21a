import { modern, startVirtualKey, type VirtualKey } from '../../infra/local/key';
import { type Device, deviceAt } from '../hid/devices';
import { Fault } from '../protocol/fault';
import { findKey } from './find-key';
import { scriptedPrompts } from './scripted-prompts.fixture';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function plugged(options: Partial<Parameters<typeof startVirtualKey>[0]> = {}): Promise<VirtualKey> {
  const virtual = await startVirtualKey({ touch: 'manual', ...options });
  open.push(virtual);
  return virtual;
}

const device = ({ port }: VirtualKey): Device => deviceAt(`tcp:127.0.0.1:${port}`);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

describe('the key to work with', () => {
  it('is the only one that is plugged in, without a touch', async () => {
    const virtual = await plugged();
    const prompts = scriptedPrompts();
    const key = await findKey({ prompts, addresses: [`tcp:127.0.0.1:${virtual.port}`] });
    open.push(key);
    expect(key.info.aaguid).toBe(virtual.aaguid);
    expect(prompts.log).toEqual([]);
  });

  it('is asked for and waited for', async () => {
    const virtual = await plugged();
    let asked = 0;
    const prompts = scriptedPrompts();
    const key = await findKey({ prompts, list: async () => (++asked < 2 ? [] : [device(virtual)]) });
    open.push(key);
    expect(prompts.log).toEqual(['progress Plug in your security key …', 'done']);
  });

  it.each([
    ['the selection command', modern],
    ['a refused registration, on keys from before CTAP 2.1', { ...modern, versions: ['FIDO_2_0'] }],
  ])('is the one of several that is touched, by %s', async (_, profile) => {
    const [first, second] = [await plugged({ profile }), await plugged({ profile })];
    const prompts = scriptedPrompts();
    second.onLight((light) => light === 'blinking' && setTimeout(() => second.touch(), 20));
    const key = await findKey({ prompts, list: async () => [device(first), device(second)] });
    open.push(key);
    expect(key.device.path).toBe(`tcp:127.0.0.1:${second.port}`);
    expect(prompts.log.slice(1)).toEqual(['touch Touch the key that you want to use.', 'touched']);
    // The other one was told to stop.
    expect(first.light()).toBe('off');
  });
});

describe('waiting for a key', () => {
  it('ends with key-not-found', async () => {
    expect(await code(findKey({ prompts: scriptedPrompts(), list: async () => [], waitMs: 0 }))).toBe('key-not-found');
  });

  it('ends when it is called off, while nothing is plugged in and while several blink', async () => {
    const [first, second] = [await plugged(), await plugged()];
    for (const list of [async () => [], async () => [device(first), device(second)]]) {
      const signal = AbortSignal.timeout(150);
      expect(await code(findKey({ prompts: scriptedPrompts(), list, signal }))).toBe('key-cancelled');
    }
  });

  it('tells at once why a key that is there cannot be used', async () => {
    const denied = new Fault({ code: 'key-access-denied', say: 'No.', todo: 'Ask.' });
    const list = async () => [{ path: '/dev/hidraw0', open: () => Promise.reject(denied) }];
    expect(await code(findKey({ prompts: scriptedPrompts(), list }))).toBe('key-access-denied');
  });
});
