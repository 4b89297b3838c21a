import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keyringPackage, packageFolder } from './native-parts';

/** A package that lies beside the program, because it is native or finds what is. */
interface Beside {
  name: string;
  /** Files and folders of it that are shipped: never sources to be compiled on a workstation. */
  files: readonly string[];
  /** Installed only where it fits. */
  optional?: true;
}

/** Workstations are Windows, macOS and Linux (glibc; musl on x64) on x64 and arm64. libusb's driver is not used. */
const HID_PREBUILDS = [
  'HID-darwin-arm64',
  'HID-darwin-x64',
  'HID-win32-arm64',
  'HID-win32-x64',
  'HID_hidraw-linux-arm64',
  'HID_hidraw-linux-x64',
  'HID_hidraw-linux-x64-musl',
].map((name) => `prebuilds/${name}`);

function packages(): Beside[] {
  const keyring = keyringPackage(process.platform, process.arch);
  return [
    {
      name: 'node-hid',
      files: ['package.json', 'nodehid.js', 'binding-options.js', 'LICENSE-bsd.txt', ...HID_PREBUILDS],
    },
    { name: 'pkg-prebuilds', files: ['package.json', 'bindings.js', 'lib', 'LICENSE'] },
    // Only Windows is asked through it.
    {
      name: 'koffi',
      files: [
        'package.json',
        'index.js',
        'LICENSE.txt',
        'build/koffi/win32_x64/koffi.node',
        'build/koffi/win32_arm64/koffi.node',
      ],
    },
    // npm installs the part of the platform that builds; elsewhere the agent keeps its key in a file.
    ...(keyring
      ? ([
          { name: '@napi-rs/keyring', files: ['package.json', 'index.js', 'LICENSE'] },
          {
            name: keyring,
            files: [
              'package.json',
              `keyring.${keyring.replace('@napi-rs/keyring-', '')}.node`,
              'LICENSE.third-party.md',
            ],
            optional: true,
          },
        ] satisfies Beside[])
      : []),
  ];
}

/**
 * Puts the packages that a bundle cannot contain into `out/node_modules`.
 * @returns their folders, relative to `root`, for the list of licences
 */
export async function copyBeside(root: string, out: string): Promise<string[]> {
  const folders: string[] = [];
  for (const { name, files, optional } of packages()) {
    const from = folderOf(root, name);
    if (from === undefined) {
      if (optional) continue;
      throw new Error(`${name} is not installed.`);
    }
    for (const file of files) {
      const to = join(out, 'node_modules', name, file);
      await mkdir(dirname(to), { recursive: true });
      await cp(join(from, file), to, { recursive: true });
    }
    folders.push(join('node_modules', name));
  }
  return folders;
}

function folderOf(root: string, name: string): string | undefined {
  try {
    return packageFolder(root, name);
  } catch {
    return undefined;
  }
}
