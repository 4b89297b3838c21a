import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runProgram } from '../judges/process';
import type { Kernel } from './kernel-package';

/** What the guest runs once the host's files are there. */
export interface GuestProgram {
  readonly node: string;
  readonly script: string;
  /** The folder that holds it and its modules, wherever on this machine that is. */
  readonly project: string;
}

/** The first line that the guest prints. */
export const GUEST_IS_UP = 'GUEST UP';

const BUSYBOX = '/bin/busybox';

/** Builds the first file system of the guest: busybox, the modules, and a script that hands over to the host's files. */
export async function buildInitramfs(kernel: Kernel, program: GuestProgram, folder: string): Promise<string> {
  const tree = join(folder, 'initramfs');
  rmSync(tree, { recursive: true, force: true });
  for (const part of ['bin', 'modules', 'proc', 'sys', 'dev', 'host', 'plain'])
    mkdirSync(join(tree, part), { recursive: true });
  copyFileSync(BUSYBOX, join(tree, 'bin', 'busybox'));
  for (const module of kernel.modules) copyFileSync(module, join(tree, 'modules', basename(module)));
  writeFileSync(join(tree, 'init'), initScript(kernel, program));
  chmodSync(join(tree, 'init'), 0o755);
  const image = join(folder, 'initramfs.cpio');
  const pack = 'cd "$1" && find . | cpio --quiet -o -H newc > "$2"';
  const { code, output } = await runProgram('sh', ['-c', pack, 'sh', tree, image]);
  if (code !== 0) throw new Error(`cpio ended with ${code}: ${output.trim()}`);
  return image;
}

/** The host's root is read-only in the guest; /tmp, /run and /dev/shm there are the guest's own, but for the project. */
function initScript(kernel: Kernel, { node, script, project }: GuestProgram): string {
  return `#!/bin/busybox sh
export PATH=/bin
/bin/busybox --install -s /bin
echo '${GUEST_IS_UP}'
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
for module in ${kernel.modules.map((file) => basename(file)).join(' ')}; do
  insmod /modules/$module || echo "no $module"
done
mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=512000,cache=loose host /host || echo 'FAIL the host files: no 9p'
for part in proc sys dev; do mount --bind /$part /host/$part; done
mount --bind /host /plain
mount -t tmpfs tmp /host/tmp
mount -t tmpfs run /host/run
if [ ! -e /host${quote(project)} ]; then
  mkdir -p /host${quote(project)}
  mount --bind /plain${quote(project)} /host${quote(project)}
fi
chroot /host /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp ${quote(node)} ${quote(script)}
echo "GUEST ENDED $?"
poweroff -f
`;
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
