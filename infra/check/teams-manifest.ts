import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { PLACEHOLDER, teamsPackage } from '../teams/package';
import { readPngHeader } from '../teams/png';
import { type Check } from './check';
import { commandBreaches } from './teams-commands';

/** What the checks read of a manifest that already fits its schema. */
const Manifest = z.object({
  $schema: z.string(),
  manifestVersion: z.string(),
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({
    additionalLanguages: z.array(z.object({ languageTag: z.string(), file: z.string() })),
  }),
});

/**
 * The breaches of a Teams app package: its manifest and languages against the published schemas, its icons by their
 * real size, and each translated text against the text it stands for.
 * @param files what goes into the zip, by name
 */
export async function packageBreaches(root: string, files: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const content: unknown = JSON.parse(files.get('manifest.json')?.toString() ?? '{}');
  const parsed = Manifest.safeParse(content);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `manifest.json: ${path.join('.')} ${message}`);
  const { $schema, manifestVersion, icons, localizationInfo } = parsed.data;
  const breaches = await against(root, manifestVersion, 'MicrosoftTeams.schema.json', 'manifest.json', content);
  if (!$schema.includes(`/v${manifestVersion}/`))
    breaches.push(`manifest.json: version ${manifestVersion}, but ${$schema}.`);
  breaches.push(...icon(files, icons.color, 192, false), ...icon(files, icons.outline, 32, true));

  const texts = translatable(content);
  const languages = new Map<string, Record<string, string>>();
  for (const { languageTag, file } of localizationInfo.additionalLanguages) {
    const words: unknown = JSON.parse(files.get(file)?.toString() ?? 'null');
    if (words === null) breaches.push(`manifest.json names ${file}, which is not in the package.`);
    else {
      breaches.push(...(await against(root, manifestVersion, 'MicrosoftTeams.Localization.schema.json', file, words)));
      const said = z.record(z.string()).parse(words);
      languages.set(languageTag, said);
      breaches.push(...untranslated(texts, said, file));
    }
  }
  return [...breaches, ...commandBreaches(content, languages)];
}

export const teamsManifest: Check = {
  name: 'the Teams app package fits the published schema, with its icons and languages',
  async run(root) {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    return packageBreaches(root, teamsPackage({ ...PLACEHOLDER, version }));
  },
};

async function against(root: string, version: string, schema: string, name: string, value: unknown): Promise<string[]> {
  const folder = join(root, 'node_modules/@microsoft/app-manifest/build/json-schemas/teams', `v${version}`);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const text = await readFile(join(folder, schema), 'utf8');
  const validate = ajv.compile(JSON.parse(text) as object);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error: ErrorObject) => `${name}: ${error.instancePath} ${error.message ?? ''}`);
}

function icon(files: ReadonlyMap<string, Buffer>, name: string, side: number, alpha: boolean): string[] {
  const file = files.get(name);
  if (!file) return [`manifest.json names ${name}, which is not in the package.`];
  const is = readPngHeader(file);
  if (is.width !== side || is.height !== side) return [`${name} is ${is.width}×${is.height}, not ${side}×${side}.`];
  return alpha && !is.alpha ? [`${name} cannot be transparent.`] : [];
}

/** The manifest's texts that a language file has to translate, by the key it uses, and the length allowed. */
function translatable(manifest: unknown): Map<string, number> {
  const keys = new Map([
    ['name.short', 30],
    ['name.full', 100],
    ['description.short', 80],
    ['description.full', 4000],
  ]);
  const Lists = z.object({
    bots: z.array(z.object({ commandLists: z.array(z.object({ commands: z.array(z.unknown()) })) })),
    composeExtensions: z.array(
      z.object({ commands: z.array(z.object({ parameters: z.array(z.unknown()).default([]) })) }),
    ),
  });
  const { bots, composeExtensions } = Lists.parse(manifest);
  const translate = (key: string): void => {
    keys.set(`${key}.title`, 32);
    keys.set(`${key}.description`, 128);
  };
  for (const [bot, { commandLists }] of bots.entries())
    for (const [list, { commands }] of commandLists.entries())
      for (const command of commands.keys()) translate(`bots[${bot}].commandLists[${list}].commands[${command}]`);
  for (const [extension, { commands }] of composeExtensions.entries())
    for (const [command, { parameters }] of commands.entries()) {
      translate(`composeExtensions[${extension}].commands[${command}]`);
      for (const parameter of parameters.keys())
        translate(`composeExtensions[${extension}].commands[${command}].parameters[${parameter}]`);
    }
  return keys;
}

function untranslated(keys: ReadonlyMap<string, number>, words: Record<string, string>, file: string): string[] {
  return [
    ...[...keys].flatMap(([key, length]) => {
      const word = words[key];
      if (word === undefined) return [`${file} does not translate ${key}.`];
      return word.length > length ? [`${file}: ${key} has ${word.length} letters, at most ${length} are shown.`] : [];
    }),
    ...Object.keys(words)
      .filter((key) => key !== '$schema' && !keys.has(key))
      .map((key) => `${file} translates ${key}, which the manifest does not have.`),
  ];
}
