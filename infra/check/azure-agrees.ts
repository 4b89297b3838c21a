import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type BicepFile, readBicepFolder } from './bicep';
import { type Check } from './check';
import { readFlatYaml } from './flat-yaml';

const Hook = z.object({ shell: z.literal('sh'), run: z.string().min(1), interactive: z.boolean().optional() }).strict();

/** The part of azd's azure.yaml (schema v1.0) that Keyvouch uses. */
const AzureYaml = z
  .object({
    name: z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
    infra: z.object({ provider: z.literal('bicep'), path: z.string(), module: z.string() }).strict(),
    hooks: z.object({ prepackage: Hook, postprovision: Hook }).strict(),
    services: z.record(
      z
        .object({
          project: z.string(),
          language: z.literal('js'),
          host: z.literal('function'),
          remoteBuild: z.literal(false),
        })
        .strict(),
    ),
  })
  .strict();

const Parameters = z.object({ parameters: z.record(z.object({ value: z.string() }).strict()) });

export const azureAgrees: Check = {
  name: 'azure.yaml, Bicep modules, parameters and scripts agree with each other',
  async run(root) {
    const folder = join(root, 'infra', 'azure');
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const yaml = AzureYaml.parse(readFlatYaml(await read('azure.yaml')));
    const { parameters } = Parameters.parse(JSON.parse(await read('main.parameters.json')));
    const files = await readBicepFolder(folder);
    const main = files.get(`${yaml.infra.module}.bicep`);
    if (!main) return [`azure.yaml names the module ${yaml.infra.module}, which is not there.`];

    const tagged = [...files.values()]
      .flatMap(({ strings }) => strings)
      .filter(({ property }) => property === 'azd-service-name')
      .map(({ value }) => value);
    const scripts = (await read('after-provision.sh')).matchAll(/\$\{(\w+):\?/g);
    return [
      ...differ('azure.yaml has the services', Object.keys(yaml.services), 'Bicep tags', tagged),
      ...given('main.parameters.json', main, new Set(Object.keys(parameters))),
      ...modulesAgree(files),
      ...[...scripts].flatMap(([, name = '']) =>
        main.outputs.has(name) ? [] : [`after-provision.sh needs ${name}, which main.bicep does not give out.`],
      ),
      ...Object.values(yaml.hooks).flatMap(({ run }) =>
        [...run.matchAll(/bash (\S+)/g)].flatMap(([, script = '']) =>
          existsSync(join(folder, script)) ? [] : [`azure.yaml runs ${script}, which is not there.`],
        ),
      ),
    ];
  },
};

function differ(leftSays: string, left: string[], rightSays: string, right: string[]): string[] {
  const [one, other] = [[...left].sort().join(', '), [...right].sort().join(', ')];
  return one === other ? [] : [`${leftSays} "${one}", ${rightSays} "${other}".`];
}

/** Whether the values given to a file are parameters it has, and all that it needs. */
function given(who: string, file: BicepFile, values: ReadonlySet<string>): string[] {
  const unknown = [...values].filter((name) => !file.params.has(name));
  const missing = [...file.params]
    .filter(([name, { required }]) => required && !values.has(name))
    .map(([name]) => name);
  return [
    ...unknown.map((name) => `${who} gives ${name}, which is no parameter there.`),
    ...missing.map((name) => `${who} does not give ${name}, which is needed there.`),
  ];
}

function modulesAgree(files: ReadonlyMap<string, BicepFile>): string[] {
  return [...files].flatMap(([path, file]) => [
    ...[...file.modules].flatMap(([name, { file: target, passed }]) => {
      const other = files.get(join(path, '..', target));
      return other ? given(`${path}, module ${name},`, other, passed) : [`${path} uses ${target}, which is not there.`];
    }),
    ...file.usedOutputs.flatMap(({ module, output }) => {
      const target = file.modules.get(module);
      const outputs = target && files.get(join(path, '..', target.file))?.outputs;
      return outputs?.has(output) ? [] : [`${path} uses ${module}.outputs.${output}, which does not exist.`];
    }),
  ]);
}
