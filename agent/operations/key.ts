import { type Ctap, createCtap } from '../ctap/ctap';
import { type AuthenticatorInfo, getInfo } from '../ctap/get-info';
import { speaksU2f } from '../ctap/u2f';
import { type Channel, type ChannelTimes, openChannel } from '../hid/channel';
import { type Device } from '../hid/devices';
import { Fault } from '../protocol/fault';

/** A FIDO2 key that is open and has told what it is. */
export interface Key {
  readonly device: Device;
  readonly channel: Channel;
  readonly ctap: Ctap;
  /** As read last. */
  readonly info: AuthenticatorInfo;
  /** Reads getInfo again, after something that changes it (a PIN was set …). */
  refresh(): Promise<AuthenticatorInfo>;
  close(): Promise<void>;
}

/**
 * Opens a key and reads getInfo.
 *
 * @throws Fault `key-u2f-only` for a key without FIDO2, and all of the transport, CTAPHID and CTAP2
 */
export async function openKey(device: Device, times?: ChannelTimes): Promise<Key> {
  const channel = await openChannel(device.open, times);
  try {
    if (!channel.about.canCbor) throw notFido2(await speaksU2f(channel));
    let info = await getInfo(createCtap(channel));
    const ctap = createCtap(channel, info.maxMsgSize);
    return {
      device,
      channel,
      ctap,
      get info() {
        return info;
      },
      async refresh() {
        info = await getInfo(ctap);
        return info;
      },
      close: () => channel.close(),
    };
  } catch (error) {
    await channel.close();
    throw error;
  }
}

function notFido2(u2f: boolean): Fault {
  return new Fault({
    code: 'key-u2f-only',
    say: u2f
      ? 'This is an older security key that knows only U2F, which cannot hold a passkey.'
      : 'This device calls itself a security key but speaks neither FIDO2 nor U2F.',
    todo: 'Use a FIDO2 security key.',
    facts: { u2f },
  });
}
