import { resolve } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { stubs } from '../../build/stubs';
import { type Guard, guardOut } from './guard-out';

const ROOT = resolve(__dirname, '../../..');

export interface BundleOptions extends Pick<BuildOptions, 'define' | 'inject' | 'plugins'> {
  /** A guard of the product that is left out: for a control. */
  without?: Guard | undefined;
}

/**
 * Bundles an entry with what it needs of the product into one file.
 * @param entry from the root of the project
 * @throws Error where the guard that is to be left out is no part of it
 */
export async function bundle(entry: string, outfile: string, options: BundleOptions = {}): Promise<void> {
  const { without, plugins = [], ...more } = options;
  const out = without && guardOut(without);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // SDKs tell their classes apart by name.
    keepNames: true,
    // Native parts are never loaded here: the proofs bring their own transports and key stores.
    external: ['@azure/functions-core', 'node-hid', 'koffi', '@napi-rs/keyring'],
    plugins: [...plugins, ...(out ? [out.plugin] : []), stubs],
    logLevel: 'silent',
    ...more,
  });
  out?.demandTaken();
}
