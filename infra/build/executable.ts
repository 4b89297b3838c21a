import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { nativeParts } from './native-parts';
import { packageFolders, thirdPartyText } from './third-party';
import { without } from './without';

const run = promisify(execFile);

/** Where Node looks for what was put into it (nodejs.org, "Single executable applications"). */
const BLOB = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** What is looked for in folders, and what takes its place; with the asset without which it stays not there. */
const LOADERS: Readonly<Record<string, { asset?: string; instead: string }>> = {
  'pkg-prebuilds/bindings': { instead: '(folder, { name }) => nativePart(`${name}.node`)' },
  '@napi-rs/keyring': { asset: 'keyring.node', instead: "nativePart('keyring.node')" },
  // Its own loader adds but a few names of older versions.
  koffi: { asset: 'koffi.node', instead: "nativePart('koffi.node')" },
};

/** Has native parts taken from the executable. @param carried Names of its assets */
function fromAssets(carried: ReadonlySet<string>): Plugin {
  return {
    name: 'from-assets',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(?:pkg-prebuilds\/bindings|@napi-rs\/keyring|koffi)$/ }, ({ path }) => {
        const asset = LOADERS[path]?.asset;
        return asset === undefined || carried.has(asset) ? { path, namespace: 'asset' } : { path, external: true };
      });
      onLoad({ filter: /.*/, namespace: 'asset' }, ({ path }) => ({
        contents: `const { nativePart } = require('./native'); module.exports = ${LOADERS[path]?.instead ?? 'undefined'};`,
        resolveDir: join(__dirname, 'executable'),
        loader: 'js',
      }));
    },
  };
}

/**
 * Builds the agent as a single executable: this very Node with the program and its native parts inside, for the
 * platform it is built on. About 100 MB, nearly all of it Node. Starts it once, and writes its licences beside it.
 * @returns the path of the executable
 */
export async function buildExecutable(root: string, out: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'keyvouch-executable-'));
  try {
    const { assets, packages } = nativeParts(root, process.platform, process.arch);
    const main = join(work, 'main.cjs');
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['agent/main.ts'],
      outfile: main,
      bundle: true,
      platform: 'node',
      target: `node${process.versions.node}`,
      format: 'cjs',
      minify: true,
      // Compiled code that was kept has no way to import(): a require() that comes later takes its place.
      supported: { 'dynamic-import': false },
      plugins: [without, fromAssets(new Set(Object.keys(assets)))],
      legalComments: 'none',
      metafile: true,
      logLevel: 'silent',
    });
    const blob = join(work, 'agent.blob');
    const config = {
      main,
      output: blob,
      disableExperimentalSEAWarning: true,
      // Compiled at the build, by the same Node that runs it.
      useCodeCache: true,
      assets,
    };
    await writeFile(join(work, 'sea.json'), JSON.stringify(config));
    await run(process.execPath, ['--experimental-sea-config', join(work, 'sea.json')], { cwd: work });

    const path = join(
      out,
      `keyvouch-agent-${process.platform}-${process.arch}${process.platform === 'win32' ? '.exe' : ''}`,
    );
    await rm(path, { force: true });
    await copyFile(process.execPath, path);
    await chmod(path, 0o755);
    const isMac = process.platform === 'darwin';
    if (isMac) await run('codesign', ['--remove-signature', path]);
    const postject = createRequire(join(root, 'package.json')).resolve('postject/dist/cli.js');
    const segment = isMac ? ['--macho-segment-name', 'NODE_SEA'] : [];
    await run(process.execPath, [postject, path, BLOB, blob, '--sentinel-fuse', FUSE, ...segment]);
    // Without any signature macOS does not start it; whoever hands it out signs it with a name.
    if (isMac) await run('codesign', ['--sign', '-', path]);
    const folders = [...new Set([...packages, ...packageFolders(Object.keys(metafile.inputs))])];
    const node = `Node.js ${process.version}: its own licence is at https://github.com/nodejs/node/blob/${process.version}/LICENSE\n\n`;
    await writeFile(`${path}.THIRD-PARTY.txt`, node + thirdPartyText(root, folders));
    await run(path, ['--version'], { cwd: work, timeout: 60_000 });
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
