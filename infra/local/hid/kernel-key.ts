import { listDevices } from '../../../agent/hid/devices';
import { createVirtualDevice, freshState, type KeyProfile, memoryStore, type VirtualDevice } from '../key/index';
import { plugIntoKernel, type UsbIdentity } from './uhid';

/** pid.codes, with a product number that it keeps free for tests. */
const OUR_VENDOR_ID = 0x1209;
const OUR_PRODUCT_ID = 0x0001;
const APPEARS_MS = 10_000;

/** A virtual key that the kernel has as /dev/hidrawN, and the hands that pull it out. */
export interface KernelKey {
  readonly device: VirtualDevice;
  /** Its node now; waits until the kernel and node-hid show it. */
  path(): Promise<string>;
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

/** Makes a fresh key of a model, plugged in. It touches itself. */
export async function kernelKey(profile: KeyProfile): Promise<KernelKey> {
  const device = await createVirtualDevice({ profile, store: memoryStore(freshState(profile)), touch: 'auto' });
  const usb = identity(profile);
  let plugged: { unplug(): void } | undefined = plugIntoKernel(device, usb);
  return {
    device,
    path: () => pathOf(usb),
    unplug: async () => {
      plugged?.unplug();
      plugged = undefined;
      device.power(false);
    },
    plug: async () => {
      device.power(true);
      plugged ??= plugIntoKernel(device, usb);
      await pathOf(usb);
    },
  };
}

function identity({ model, usb }: KeyProfile): UsbIdentity {
  if (usb === undefined) return { name: model, vendorId: OUR_VENDOR_ID, productId: OUR_PRODUCT_ID };
  const { product, vendorId, productId, manufacturer = '' } = usb;
  return { name: `${manufacturer} ${product}`.trim(), vendorId, productId };
}

/** A machine that runs this may have somebody's real key in it, which is left alone: name and ids must all be ours. */
async function pathOf({ name, vendorId, productId }: UsbIdentity): Promise<string> {
  for (const end = Date.now() + APPEARS_MS; Date.now() < end;) {
    const found = await listDevices();
    const ours = found.find((one) => one.product === name && one.vendorId === vendorId && one.productId === productId);
    if (ours !== undefined) return ours.path;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`node-hid lists no ${name} within ${APPEARS_MS} ms`);
}
