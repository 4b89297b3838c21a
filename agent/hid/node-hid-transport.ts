import { existsSync } from 'node:fs';
import { Fault } from '../protocol/fault';
import { keyGone } from './faults';
import { loadNodeHid, type NodeHid } from './node-hid';
import { type OpenTransport } from './transport';

/** A key on the operating system's HID stack, by the path that the device list gave. */
export function nodeHidTransport(path: string, load: () => Promise<NodeHid> = loadNodeHid): OpenTransport {
  return async (events) => {
    const hid = await load();
    const device = await open(hid, path);
    let closed = false;
    const gone = (cause?: unknown) => {
      if (closed) return;
      closed = true;
      events.onGone(cause);
      device.close().catch(() => undefined);
    };
    device.on('error', gone);
    device.on('data', (report: Uint8Array) => {
      if (!closed) events.onReport(Uint8Array.from(report));
    });
    return {
      async write(report) {
        if (closed) throw keyGone();
        try {
          // hidapi wants the report id first; FIDO reports have none, which is written as 0.
          await device.write(Buffer.concat([Buffer.of(0), report]));
        } catch (cause) {
          gone(cause);
          throw keyGone(cause);
        }
      },
      async close() {
        if (closed) return;
        closed = true;
        await device.close().catch(() => undefined);
      },
    };
  };
}

async function open(hid: NodeHid, path: string) {
  try {
    return await hid.HIDAsync.open(path, { nonExclusive: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/no such|not found|cannot find/i.test(message) || isMissing(path)) throw keyGone(cause);
    // hidapi often says no more than "cannot open device"; a missing right is the usual reason by far.
    throw accessDenied(cause);
  }
}

/** On systems where a device is a file, whether the file is not there. */
const isMissing = (path: string): boolean => path.startsWith('/dev/') && !existsSync(path);

const MEND: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'Install the udev rules for security keys (Debian and Ubuntu: apt install libfido2-1; or systemd 252 and newer has them), then plug the key in again.',
  win32: 'Windows lets only administrators open security keys directly: ask your helpdesk, or use a desk workstation.',
  darwin: 'Close other programs that use the key, unplug it, plug it in again and try once more.',
};

function accessDenied(cause: unknown): Fault {
  return new Fault({
    code: 'key-access-denied',
    say: 'A security key is plugged in, but this user may not open it.',
    todo: MEND[process.platform] ?? 'Give this user the right to open HID devices.',
    facts: { platform: process.platform },
    cause,
  });
}
