import { Fault } from '../protocol/fault';
import { loadNodeHid, type NodeHid } from './node-hid';
import { nodeHidTransport } from './node-hid-transport';
import { tcpTransport } from './tcp-transport';
import { type OpenTransport } from './transport';

/** A security key that could be opened. What the operating system knows of it; nothing here comes from CTAP. */
export interface Device {
  /** The operating system's path, or `tcp:HOST:PORT`. Changes when the key is plugged in again. */
  path: string;
  product?: string;
  manufacturer?: string;
  /** USB ids. */
  vendorId?: number;
  productId?: number;
  open: OpenTransport;
}

/** HID usage page and usage of FIDO keys (CTAP 2.1 §11.2.8.2). */
const FIDO_USAGE_PAGE = 0xf1d0;
const FIDO_USAGE = 0x01;

/**
 * Lists the keys that are plugged in. With `addresses` (from `--device`) exactly those, in that order, and the
 * operating system is not asked for others.
 *
 * @throws Fault `hid-not-available`, `device-address-wrong`
 */
export async function listDevices(
  addresses: readonly string[] = [],
  load: () => Promise<NodeHid> = loadNodeHid,
): Promise<Device[]> {
  if (addresses.length > 0) return addresses.map(deviceAt);
  const hid = await load();
  const found = await hid.devicesAsync();
  return found.flatMap((entry) => {
    if (entry.usagePage !== FIDO_USAGE_PAGE || entry.usage !== FIDO_USAGE || !entry.path) return [];
    const device: Device = {
      path: entry.path,
      vendorId: entry.vendorId,
      productId: entry.productId,
      open: nodeHidTransport(entry.path, load),
    };
    if (entry.product) device.product = entry.product;
    if (entry.manufacturer) device.manufacturer = entry.manufacturer;
    return [device];
  });
}

/** The device at one address: `tcp:HOST:PORT` (also `tcp:[::1]:PORT`), or a path of the operating system. */
export function deviceAt(address: string): Device {
  if (!address.startsWith('tcp:')) {
    if (address.trim() === '') throw wrongAddress(address);
    return { path: address, open: nodeHidTransport(address) };
  }
  const parts = /^tcp:(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(address);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (!host || !(port >= 1 && port <= 65535)) throw wrongAddress(address);
  return { path: address, product: 'Key behind a socket', open: tcpTransport(host, port) };
}

function wrongAddress(address: string): Fault {
  return new Fault({
    code: 'device-address-wrong',
    say: `"${address}" is not the address of a security key.`,
    todo: 'Write tcp:HOST:PORT, or the path that the command "keys" shows.',
  });
}
