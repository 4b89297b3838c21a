import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Native parts of one platform, for an executable. */
export interface NativeParts {
  /** Asset name to file. */
  assets: Record<string, string>;
  /** Folders of the packages that they come from, relative to `root`. */
  packages: string[];
}

/** The folder of an installed package. */
export function packageFolder(root: string, name: string): string {
  return dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
}

/** Names of @napi-rs/keyring's packages by platform and processor; each is installed only where it fits. */
const KEYRING: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64-gnu',
  'linux-arm64': 'linux-arm64-gnu',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64-msvc',
  'win32-arm64': 'win32-arm64-msvc',
};

/** The package with keyring's native part for this platform; undefined where it is not installed. */
export function keyringPackage(platform: NodeJS.Platform, arch: string): string | undefined {
  const suffix = KEYRING[`${platform}-${arch}`];
  return suffix && `@napi-rs/keyring-${suffix}`;
}

/** @throws Error where node-hid has no part for this platform */
export function nativeParts(root: string, platform: NodeJS.Platform, arch: string): NativeParts {
  const assets: Record<string, string> = {};
  const packages: string[] = [];
  const carry = (asset: string, name: string, file: string): boolean => {
    let folder: string;
    try {
      folder = packageFolder(root, name);
    } catch {
      return false;
    }
    if (!existsSync(join(folder, file))) return false;
    assets[asset] = join(folder, file);
    packages.push(join('node_modules', relative(join(root, 'node_modules'), folder)));
    return true;
  };
  const hid = platform === 'linux' ? 'HID_hidraw' : 'HID';
  if (!carry(`${hid}.node`, 'node-hid', `prebuilds/${hid}-${platform}-${arch}/node-napi-v4.node`)) {
    throw new Error(`node-hid has no native part for ${platform}-${arch}.`);
  }
  const keyring = keyringPackage(platform, arch);
  if (keyring) carry('keyring.node', keyring, `keyring.${keyring.replace('@napi-rs/keyring-', '')}.node`);
  // Only Windows is asked through koffi.
  if (platform === 'win32') carry('koffi.node', 'koffi', `build/koffi/${platform}_${arch}/koffi.node`);
  return { assets, packages };
}
