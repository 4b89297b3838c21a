import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { declaredNames, registeredNames } from './registered';
import { stubs } from './stubs';
import { packageFolders, thirdPartyText } from './third-party';

/**
 * Builds the deployable Functions app: one CommonJS file, host.json, package.json and the licences of what is in it.
 * CommonJS, because an ES module bundle of these packages fails to load in a way the host shows as "no functions".
 * @returns the names that the built app registers, which are those its sources register
 */
export async function buildFunctions(root: string, out: string): Promise<string[]> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/index.ts'],
    outfile: join(out, 'main.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // Bot SDKs tell classes apart by their names.
    keepNames: true,
    external: ['@azure/functions-core'],
    legalComments: 'external',
    plugins: [stubs],
    metafile: true,
    logLevel: 'silent',
  });
  const app = { name: 'keyvouch-functions', private: true, main: 'main.cjs', engines: { node: '>=20' } };
  await writeFile(join(out, 'package.json'), `${JSON.stringify(app, null, 2)}\n`);
  await copyFile(join(root, 'host.json'), join(out, 'host.json'));
  const inside = packageFolders(Object.keys(metafile.inputs));
  await writeFile(join(out, 'THIRD-PARTY.txt'), thirdPartyText(root, inside));

  const [declared, registered] = [await declaredNames(join(root, 'functions')), await registeredNames(out)];
  if (registered.length === 0)
    throw new Error('The built app registers no function: the host would show an empty app.');
  if (declared.join() !== registered.join()) {
    throw new Error(`functions/ declares ${declared.join(', ')}; the built app registers ${registered.join(', ')}.`);
  }
  return registered;
}
