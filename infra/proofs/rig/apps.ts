import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { buildFunctions } from '../../build/functions';
import { stubs } from '../../build/stubs';

const ROOT = resolve(__dirname, '../../..');

/** Builds the product as it is deployed. @returns the file that a host loads */
export async function buildApp(folder: string): Promise<string> {
  const out = join(folder, 'app');
  await buildFunctions(ROOT, out);
  return join(out, 'main.cjs');
}

/** A guard of the product, and what stands in its place while a proof is proved. */
export interface Guard {
  /** The source file, from the root of the project. */
  file: string;
  /** A module with the same exports that guards nothing. */
  instead: string;
}

/** Builds the product with one guard taken out. No product flag can do this: it is another bundle. */
export async function buildUnguarded(folder: string, { file, instead }: Guard): Promise<string> {
  const outfile = join(folder, 'unguarded', 'main.cjs');
  let replaced = 0;
  const swap: Plugin = {
    name: 'guard-out',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path !== join(ROOT, file)) return undefined;
        replaced += 1;
        return { contents: instead, loader: 'ts', resolveDir: join(ROOT, file, '..') };
      });
    },
  };
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['functions/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    keepNames: true,
    external: ['@azure/functions-core'],
    plugins: [swap, stubs],
    logLevel: 'silent',
  });
  if (replaced !== 1) throw new Error(`${file} is not part of the product any more: this control controls nothing`);
  return outfile;
}
