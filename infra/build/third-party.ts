import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Licences under which a package may be shipped inside ours; anything else stops the build until a person has looked. */
const MAY_SHIP = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
]);

const Package = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  // How package.json named them before SPDX expressions; any one of them is enough.
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** `MIT`, `(MIT OR X11)`, `Apache-2.0 AND MIT`: with OR one is enough, with AND all must do. */
export function mayShip(licence: string): boolean {
  return licence
    .replace(/[()]/g, ' ')
    .split(/\sOR\s/)
    .some((choice) => choice.split(/\sAND\s/).every((part) => MAY_SHIP.has(part.trim())));
}

/** The folders of the packages that files of a bundle came from: `…/node_modules/@scope/name`. */
export function packageFolders(inputs: Iterable<string>): string[] {
  const folders = new Set<string>();
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found?.[1]) folders.add(found[1]);
  }
  return [...folders].sort();
}

/**
 * The text that has to go along with a bundle: name, version, licence and licence text of each package in it.
 * @param root where `folders` start from
 * @throws Error naming each package whose licence is missing or not on the list
 */
export function thirdPartyText(root: string, folders: readonly string[]): string {
  const refused: string[] = [];
  const entries = folders.map((folder) => {
    const { name, version, licenses, ...found } = Package.parse(
      JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')),
    );
    const license = found.license ?? licenses?.map(({ type }) => type).join(' OR ');
    if (license === undefined || !mayShip(license))
      refused.push(`${name}@${version} (${license ?? 'no licence named'})`);
    return `${name}@${version}\nLicence: ${license ?? ''}\n\n${licenceText(join(root, folder))}`;
  });
  if (refused.length > 0) {
    throw new Error(`Not known to be free to ship: ${refused.join(', ')}. See infra/build/third-party.ts.`);
  }
  return `Keyvouch ships parts of the packages below, under their licences.\n\n${entries.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceText(folder: string): string {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return (
    files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n') ||
    '(no licence file in the package)'
  );
}
