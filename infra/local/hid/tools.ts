import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that the microVM needs on this machine, and the Debian packages that have them. */
const TOOLS: Readonly<Record<string, string>> = {
  'qemu-system-x86_64': 'qemu-system-x86',
  busybox: 'busybox-static',
  cpio: 'cpio',
  dpkg: 'dpkg',
  'apt-get': 'apt',
  xz: 'xz-utils',
};

/** @throws Error that says what to install */
export function demandTools(path = process.env['PATH'] ?? ''): void {
  const missing = Object.keys(TOOLS).filter((tool) => !path.split(delimiter).some((folder) => isProgram(folder, tool)));
  if (missing.length === 0) return;
  const packages = missing.map((tool) => TOOLS[tool]).join(' ');
  throw new Error(
    `This kernel has no /dev/uhid, and the microVM that stands in for it needs ${missing.join(', ')}: apt-get install -y ${packages}`,
  );
}

function isProgram(folder: string, name: string): boolean {
  try {
    accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
