import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

import type { VirtualDevice } from '../key/index';

/** Events of /dev/uhid (linux/uhid.h). */
const Event = { CREATE2: 11, DESTROY: 1, OUTPUT: 6, INPUT2: 12 } as const;

/** struct uhid_event of the kernel: type and the largest member, UHID_CREATE2. */
const EVENT_SIZE = 4 + 128 + 64 + 64 + 2 + 2 + 4 * 4 + 4096;
const BUS_USB = 3;
const REPORT_SIZE = 64;
const POLL_MS = 1;

/** FIDO's usage page, and one input and one output report of 64 bytes without a report id (CTAP 2.1 §11.2.8). */
const DESCRIPTOR = Buffer.from('06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0', 'hex');

/** What the kernel is told that was plugged in. */
export interface UsbIdentity {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
}

/** Plugs a virtual key into this machine's kernel: it appears as /dev/hidrawN until it is unplugged. */
export function plugIntoKernel(device: VirtualDevice, usb: UsbIdentity, path = '/dev/uhid'): { unplug(): void } {
  // Non-blocking: a read that waits in a thread could not be called off when the key is unplugged.
  const file = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  writeSync(file, createEvent(usb));
  // One report a tick, as USB has them one a millisecond: the kernel keeps 64 for a reader and drops what is beyond.
  const toHost: Buffer[] = [];
  const port = device.attach((report) => void toHost.push(report));

  const buffer = Buffer.alloc(EVENT_SIZE);
  const timer = setInterval(() => {
    for (let read = readEvent(file, buffer); read > 0; read = readEvent(file, buffer)) {
      if (buffer.readUInt32LE(0) === Event.OUTPUT) port.receive(outputReport(buffer));
    }
    const next = toHost.shift();
    if (next !== undefined) writeSync(file, inputEvent(next));
  }, POLL_MS);

  return {
    unplug: () => {
      clearInterval(timer);
      port.detach();
      writeSync(file, typeOnly(Event.DESTROY));
      closeSync(file);
    },
  };
}

function createEvent({ name, vendorId, productId }: UsbIdentity): Buffer {
  const event = Buffer.alloc(EVENT_SIZE);
  event.writeUInt32LE(Event.CREATE2, 0);
  event.write(name, 4, 127, 'utf8');
  event.writeUInt16LE(DESCRIPTOR.length, 260);
  event.writeUInt16LE(BUS_USB, 262);
  event.writeUInt32LE(vendorId, 264);
  event.writeUInt32LE(productId, 268);
  event.set(DESCRIPTOR, 280);
  return event;
}

function inputEvent(report: Buffer): Buffer {
  const event = Buffer.alloc(6 + report.length);
  event.writeUInt32LE(Event.INPUT2, 0);
  event.writeUInt16LE(report.length, 4);
  event.set(report, 6);
  return event;
}

/** UHID_OUTPUT: 4096 bytes of data, then their number. The report id 0 that hidraw wants comes first. */
function outputReport(event: Buffer): Buffer {
  const size = event.readUInt16LE(4 + 4096);
  const data = event.subarray(4, 4 + size);
  return Buffer.from(size === REPORT_SIZE + 1 ? data.subarray(1) : data);
}

function typeOnly(type: number): Buffer {
  const event = Buffer.alloc(4);
  event.writeUInt32LE(type, 0);
  return event;
}

/** Bytes read; 0 if there is nothing now. */
function readEvent(file: number, buffer: Buffer): number {
  try {
    return readSync(file, buffer, 0, buffer.length, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
