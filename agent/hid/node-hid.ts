import type * as nodeHid from 'node-hid';
import { Fault } from '../protocol/fault';

/** What of node-hid is used: loaded late, because loading it needs native libraries that a machine may lack. */
export type NodeHid = Pick<typeof nodeHid, 'devicesAsync' | 'getHidapiVersion' | 'HIDAsync' | 'setDriverType'>;

let loading: Promise<NodeHid> | undefined;

/**
 * Loads node-hid once.
 *
 * @throws Fault `hid-not-available` when its native part cannot be loaded on this machine
 */
export function loadNodeHid(load: () => Promise<NodeHid> = () => import('node-hid')): Promise<NodeHid> {
  loading ??= prepare(load).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function prepare(load: () => Promise<NodeHid>): Promise<NodeHid> {
  try {
    const hid = await load();
    // The other Linux driver (libusb) takes the device away from the kernel and needs a library that is often missing.
    if (process.platform === 'linux') hid.setDriverType('hidraw');
    // Only the first real use loads the native part; do it here, where its failure can be told.
    hid.getHidapiVersion();
    return hid;
  } catch (cause) {
    throw new Fault({
      code: 'hid-not-available',
      say: 'Security keys cannot be reached on this computer: its USB HID library does not load.',
      todo:
        process.platform === 'linux'
          ? 'Install libudev (Debian and Ubuntu: libudev1; Fedora: systemd-libs) and try again.'
          : 'Install the agent again for this operating system and processor.',
      facts: { platform: process.platform, arch: process.arch },
      cause,
    });
  }
}
