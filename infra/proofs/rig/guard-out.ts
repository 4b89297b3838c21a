import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Plugin } from 'esbuild';

const ROOT = resolve(__dirname, '../../..');

/** A guard of the product, and what stands in its place while a proof is proved. */
export interface Guard {
  /** The source file, from the root of the project. */
  file: string;
  /** A module with the same exports that guards nothing; or what becomes of its source. */
  instead: string | ((source: string) => string);
}

/** Takes a guard out of a bundle. No flag of the product can do this: it is another bundle. */
export function guardOut({ file, instead }: Guard): { plugin: Plugin; demandTaken(): void } {
  let taken = 0;
  const plugin: Plugin = {
    name: 'guard-out',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path !== join(ROOT, file)) return undefined;
        const source = readFileSync(path, 'utf8');
        const contents = typeof instead === 'string' ? instead : instead(source);
        if (contents === source) throw new Error(`the guard in ${file} was not found`);
        taken += 1;
        return { contents, loader: 'ts', resolveDir: join(path, '..') };
      });
    },
  };
  return {
    plugin,
    /** @throws Error where the guard was not in the bundle */
    demandTaken() {
      if (taken !== 1) throw new Error(`${file} is not part of the bundle any more: this control controls nothing`);
    },
  };
}
