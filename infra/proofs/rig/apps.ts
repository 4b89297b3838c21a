import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { buildFunctions } from '../../build/functions';
import { stubs } from '../../build/stubs';

const ROOT = resolve(__dirname, '../../..');

/** How everything here is bundled: names are kept, because SDKs tell classes apart by them. */
const BUNDLE: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  keepNames: true,
  external: ['@azure/functions-core'],
  logLevel: 'silent',
};

/** The Functions host that belongs to a built app: it lies below it as in the sources, and reads the host.json beside it. */
export function hostOf(entry: string): string {
  return join(dirname(entry), 'infra/local/host/main.cjs');
}

/** A host of one file starts in half the time, and a proof starts hundreds. */
async function buildHost(entry: string): Promise<void> {
  await build({ ...BUNDLE, entryPoints: ['infra/local/host/main.ts'], outfile: hostOf(entry) });
}

/** Builds the product as it is deployed, and a host for it. @returns the file that the host loads */
export async function buildApp(folder: string): Promise<string> {
  const out = join(folder, 'app');
  await buildFunctions(ROOT, out);
  const entry = join(out, 'main.cjs');
  await buildHost(entry);
  return entry;
}

/** A guard of the product, and what stands in its place while a proof is proved. */
export interface Guard {
  /** The source file, from the root of the project. */
  file: string;
  /** A module with the same exports that guards nothing; or what becomes of its source. */
  instead: string | ((source: string) => string);
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
        const source = readFileSync(path, 'utf8');
        const contents = typeof instead === 'string' ? instead : instead(source);
        if (contents === source) throw new Error(`the guard in ${file} was not found`);
        return { contents, loader: 'ts', resolveDir: join(ROOT, file, '..') };
      });
    },
  };
  await build({ ...BUNDLE, entryPoints: ['functions/index.ts'], outfile, plugins: [swap, stubs] });
  copyFileSync(join(ROOT, 'host.json'), join(dirname(outfile), 'host.json'));
  await buildHost(outfile);
  if (replaced !== 1) throw new Error(`${file} is not part of the product any more: this control controls nothing`);
  return outfile;
}
