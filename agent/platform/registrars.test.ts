import { startVirtualKey } from '../../infra/local/key';
import { type Device, deviceAt } from '../hid/devices';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { type HidSurroundings, isHidClosed, refuseClosedHid } from './closed-hid';
import { keyOf, registrarFor } from './registrars';

const surroundings = (over: Partial<HidSurroundings> = {}): HidSurroundings => ({
  platform: 'win32',
  elevated: async () => false,
  broker: () => false,
  ...over,
});

it.each<[string, string[], Partial<HidSurroundings>, boolean]>([
  ['Windows, no rights, no broker', [], {}, true],
  ['Windows, a key named', ['tcp:127.0.0.1:1'], {}, false],
  ['Windows, a broker', [], { broker: () => true }, false],
  ['Windows, an administrator', [], { elevated: async () => true }, false],
  ['Linux', [], { platform: 'linux' }, false],
  ['macOS', [], { platform: 'darwin' }, false],
])('%s: is HID closed?', async (_, addresses, over, expected) => {
  expect(await isHidClosed(addresses, surroundings(over))).toBe(expected);
});

it('asks elsewhere than on Windows neither for rights nor for a broker', async () => {
  const never = (): never => {
    throw new Error('asked');
  };
  expect(await isHidClosed([], surroundings({ platform: 'linux', elevated: never, broker: never }))).toBe(false);
});

it('says at once what cannot be done where it is closed', async () => {
  await expect(refuseClosedHid({}, surroundings())).rejects.toMatchObject({ code: 'key-access-denied' });
  await expect(refuseClosedHid({}, surroundings({ broker: () => true }))).resolves.toBeUndefined();
});

it('looks for no key where Windows finds it by itself', async () => {
  const list = () => Promise.reject(new Error('looked for a key'));
  const opened = await registrarFor({ prompts: scriptedPrompts(), list }, surroundings());
  expect(opened.registrar.kind).toBe('platform');
  expect(() => keyOf(opened)).toThrow(/^key-access-denied/);
  await opened.close();
});

it('finds and opens the key elsewhere', async () => {
  const virtual = await startVirtualKey({ touch: 'auto' });
  try {
    const list = async (): Promise<Device[]> => [deviceAt(`tcp:127.0.0.1:${virtual.port}`)];
    const opened = await registrarFor({ prompts: scriptedPrompts(), list }, surroundings({ platform: 'linux' }));
    expect(opened.registrar.kind).toBe('hid');
    expect(keyOf(opened).info.aaguid).toBe(virtual.aaguid);
    await opened.close();
    expect(keyOf(opened).channel.gone).toBe(true);
  } finally {
    await virtual.close();
  }
});
