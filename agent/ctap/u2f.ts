import { type Channel } from '../hid/channel';
import { CTAPHID } from '../hid/commands';
import { Fault } from '../protocol/fault';

/** U2F_VERSION as an APDU with extended length (FIDO U2F Raw Message Formats §6). */
const U2F_VERSION = Uint8Array.of(0x00, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00);

const LONGEST_MS = 3000;

/** Whether the key answers as a CTAP1 (U2F) key. Used to name such a key, never to register with it. */
export async function speaksU2f(channel: Channel): Promise<boolean> {
  if (!channel.about.canMsg) return false;
  try {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const reply = Buffer.from(await channel.call(CTAPHID.MSG, U2F_VERSION, { signal }));
    return reply.subarray(0, -2).toString('latin1').startsWith('U2F_') && reply.subarray(-2).toString('hex') === '9000';
  } catch (error) {
    if (error instanceof Fault && error.code !== 'key-gone') return false;
    throw error;
  }
}
