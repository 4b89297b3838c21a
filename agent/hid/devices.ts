import { accessSync, constants } from 'node:fs';
import { brokerIsThere } from '../broker/broker-is-there';
import { BROKER_SCHEME } from '../broker/rendezvous';
import { Fault } from '../protocol/fault';
import { loadNodeHid, type NodeHid } from './node-hid';
import { nodeHidTransport } from './node-hid-transport';
import { tcpTransport } from './tcp-transport';
import { type OpenTransport } from './transport';

/** A security key that could be opened. What the operating system knows of it; nothing here comes from CTAP. */
export interface Device {
  /** The operating system's path, `tcp:HOST:PORT`, or `broker:` and a path there. Changes when the key is plugged in again. */
  path: string;
  product?: string;
  manufacturer?: string;
  /** USB ids. */
  vendorId?: number;
  productId?: number;
  open: OpenTransport;
}

/** Whether a path is an address that stays the same while its key is unplugged; a system gives a new one each time. */
export const staysTheSame = (path: string): boolean => /^(tcp|broker):/.test(path);

/** HID usage page and usage of FIDO keys (CTAP 2.1 §11.2.8.2). */
const FIDO_USAGE_PAGE = 0xf1d0;
const FIDO_USAGE = 0x01;

/**
 * Lists the keys that are plugged in, or those of the broker where this user may open none. With `addresses` (from
 * `--device`) exactly those, in that order, and the operating system is not asked for others.
 *
 * @throws Fault `hid-not-available`, `device-address-wrong`, `device-broker-…`
 */
export async function listDevices(
  addresses: readonly string[] = [],
  load: () => Promise<NodeHid> = loadNodeHid,
): Promise<Device[]> {
  if (addresses.length > 0) return (await Promise.all(addresses.map(devicesAt))).flat();
  const direct = await listHidDevices([], load).catch((error: unknown) => ({ error }));
  if (Array.isArray(direct) && mayOpenOne(direct)) return direct;
  const brokered = brokerIsThere() ? await foundByBroker() : [];
  if (brokered.length > 0) return brokered;
  if (!Array.isArray(direct)) throw direct.error;
  return direct;
}

/** The same, but never through a broker: what this process itself may reach. */
export async function listHidDevices(
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

/** Where devices are files, their rights tell; elsewhere what is listed can be opened (Windows lists nothing else). */
const mayOpenOne = (devices: readonly Device[]): boolean =>
  devices.some(({ path }) => !path.startsWith('/dev/') || mayReadAndWrite(path));

function mayReadAndWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Loaded only where there is a broker: most workstations have none. */
async function foundByBroker(): Promise<Device[]> {
  const { findBrokerDevices } = await import('../broker/broker-devices');
  return findBrokerDevices();
}

/** `broker:` alone stands for every key there. */
async function devicesAt(address: string): Promise<Device[]> {
  if (address !== BROKER_SCHEME) return [deviceAt(address)];
  const { listBrokerDevices } = await import('../broker/broker-devices');
  return listBrokerDevices();
}

/**
 * The device at one address: `tcp:HOST:PORT` (also `tcp:[::1]:PORT`), `broker:PATH` (a key behind the broker, by its path
 * there), or a path of the operating system.
 */
export function deviceAt(address: string): Device {
  if (address.startsWith(BROKER_SCHEME)) return behindBroker(address);
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

function behindBroker(address: string): Device {
  const path = address.slice(BROKER_SCHEME.length);
  if (path === '') throw wrongAddress(address);
  return {
    path: address,
    async open(events) {
      const { brokerTransport } = await import('../broker/broker-devices');
      return brokerTransport(path)(events);
    },
  };
}

function wrongAddress(address: string): Fault {
  return new Fault({
    code: 'device-address-wrong',
    say: `"${address}" is not the address of a security key.`,
    todo: 'Write tcp:HOST:PORT, broker:, or the path that the command "keys" shows.',
  });
}
