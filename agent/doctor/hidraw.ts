import { access, constants, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A security key as the Linux kernel shows it, whether this user may open it or not. */
export interface Hidraw {
  /** `/dev/hidrawN` */
  path: string;
  /** Whether this user may read and write it; `missing`: the kernel has it, /dev does not (containers). */
  access: 'yes' | 'no' | 'missing';
  /** Device and inode of the file in /dev, as /proc/locks writes them: `00:05:123`. */
  lockName: string | undefined;
}

const USAGE_PAGE = 0x04;
const USAGE = 0x08;
const FIDO_PAGE = 0xf1d0;
const CTAPHID_USAGE = 0x01;

/** Whether a HID report descriptor (HID 1.11 §6.2.2) declares CTAPHID (CTAP 2.1 §11.2.8.2). */
export function declaresFido(descriptor: Uint8Array): boolean {
  let page = 0;
  for (let at = 0; at < descriptor.length;) {
    const prefix = descriptor[at] ?? 0;
    // Long items (§6.2.2.3) name nothing that is looked for; their second byte is how long they are.
    if (prefix === 0xfe) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][prefix & 0x03] ?? 0;
    let value = 0;
    for (let i = size; i > 0; i--) value = value * 256 + (descriptor[at + i] ?? 0);
    const tag = prefix & 0xfc;
    if (tag === USAGE_PAGE) page = value;
    if (tag === USAGE && page === FIDO_PAGE && value === CTAPHID_USAGE) return true;
    at += 1 + size;
  }
  return false;
}

/** Lists the security keys by the kernel's own files, which every user may read. @param root For tests: `/` */
export async function listHidraws(root = '/'): Promise<Hidraw[]> {
  const folder = join(root, 'sys/class/hidraw');
  const names = await readdir(folder).catch((): string[] => []);
  const found = await Promise.all(
    names.sort().map(async (name) => {
      const descriptor = await readFile(join(folder, name, 'device/report_descriptor')).catch(() => undefined);
      return descriptor && declaresFido(descriptor) ? [await hidrawAt(join(root, 'dev', name))] : [];
    }),
  );
  return found.flat();
}

async function hidrawAt(path: string): Promise<Hidraw> {
  const file = await stat(path).catch(() => undefined);
  if (!file) return { path, access: 'missing', lockName: undefined };
  const mayOpen = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return { path, access: mayOpen ? 'yes' : 'no', lockName: lockNameOf(file) };
}

/** Device numbers as glibc packs them: 12 bits of major, 8 low and 12 high bits of minor. */
function lockNameOf({ dev, ino }: { dev: number; ino: number }): string {
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  return `${hex((dev >> 8) & 0xfff)}:${hex((dev & 0xff) | ((dev >> 12) & 0xfff00))}:${ino}`;
}
