import { type Device } from '../hid/devices';
import { scriptedKey } from '../hid/scripted-transport.fixture';
import { openKey } from './key';

const U2F = Buffer.from('U2F_V2\x90\x00', 'latin1');

describe('a key from before FIDO2', () => {
  it.each([
    ['U2F', 0x01, U2F, true, /only U2F/],
    ['neither', 0x01, Buffer.from('6d00', 'hex'), false, /neither/],
  ])('that speaks %s is recognised and explained', async (_, capabilities, answer, u2f, words) => {
    const device: Device = { path: 'scripted', open: scriptedKey(() => Uint8Array.from(answer), capabilities).open };
    await expect(openKey(device)).rejects.toMatchObject({
      code: 'key-u2f-only',
      facts: { u2f },
      say: expect.stringMatching(words) as string,
    });
  });
});
