import { join } from 'node:path';
import { build } from 'esbuild';

/** The page's script and style, made from client/ in a few hundred milliseconds at the start. */
export interface Bundle {
  script: string;
  style: string;
}

export async function bundlePage(folder: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'client', 'main.ts')],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}
