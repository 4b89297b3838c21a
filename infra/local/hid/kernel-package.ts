import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runProgram } from '../judges/process';

/** A Linux kernel to boot, and its modules in the order in which they must be loaded. */
export interface Kernel {
  readonly image: string;
  readonly modules: readonly string[];
}

/** What the guest needs: virtio and 9p for the host's files, uhid and hid-generic for the key. In loading order. */
const MODULES = [
  'virtio_ring',
  'virtio',
  'virtio_pci_modern_dev',
  'virtio_pci_legacy_dev',
  'virtio_pci',
  'netfs',
  'fscache',
  '9pnet',
  '9pnet_virtio',
  '9p',
  'overlay',
  'hid',
  'uhid',
  'hid-generic',
];

/**
 * Downloads Debian's kernel package and takes the image and a few modules out of it; nothing is installed. What was
 * taken out once is used again.
 */
export async function fetchKernel(cache: string): Promise<Kernel> {
  const name = await kernelPackageName();
  const folder = join(cache, name);
  if (!existsSync(folder)) {
    const work = `${folder}.${process.pid}`;
    mkdirSync(work, { recursive: true });
    try {
      await unpack(name, work);
      renameSync(join(work, 'kept'), folder);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  const files = readdirSync(folder);
  const modules = MODULES.flatMap((module) => files.filter((file) => file === `${module}.ko`));
  return { image: join(folder, 'vmlinuz'), modules: modules.map((file) => join(folder, file)) };
}

async function kernelPackageName(): Promise<string> {
  const { output } = await runProgram('apt-cache', ['depends', 'linux-image-amd64']);
  const name = /Depends: (linux-image-\d\S+)/.exec(output)?.[1];
  if (name === undefined) {
    throw new Error(
      'apt knows no linux-image-amd64 here; run "apt-get update" on a Debian machine with an x86-64 processor',
    );
  }
  return name;
}

async function unpack(name: string, work: string): Promise<void> {
  const script = 'cd "$1" && apt-get download --quiet=2 "$2" && dpkg -x "$2"_*.deb tree';
  await demand('sh', ['-c', script, 'sh', work, name], 300_000);
  const kept = join(work, 'kept');
  mkdirSync(kept);
  const boot = join(work, 'tree', 'boot');
  const image = readdirSync(boot).find((file) => file.startsWith('vmlinuz-'));
  if (image === undefined) throw new Error(`${name} holds no kernel image`);
  copyFileSync(join(boot, image), join(kept, 'vmlinuz'));
  const wanted = new Set(MODULES);
  for (const file of readdirSync(join(work, 'tree'), { recursive: true, encoding: 'utf8' })) {
    const [, module = '', packed] = /([^/]+)\.ko(\.xz)?$/.exec(file) ?? [];
    if (!wanted.has(module)) continue;
    const copy = join(kept, basename(file));
    copyFileSync(join(work, 'tree', file), copy);
    // Later Debians pack their modules; busybox cannot load those.
    if (packed !== undefined) await demand('xz', ['--decompress', copy]);
  }
}

async function demand(file: string, args: string[], timeoutMs?: number): Promise<void> {
  const { code, output } = await runProgram(file, args, timeoutMs === undefined ? {} : { timeoutMs });
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}: ${output.trim()}`);
}
