import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** What the checks want to know of a Bicep file. */
export interface BicepFile {
  /** Lines (from 1) that do not parse. */
  broken: number[];
  /** Names of the parameters, and whether a value must be given. */
  params: Map<string, { required: boolean }>;
  outputs: Set<string>;
  /** Modules by symbolic name: the file as written, and the parameters passed. */
  modules: Map<string, { file: string; passed: Set<string> }>;
  /** `module.outputs.name` that occur. */
  usedOutputs: { module: string; output: string }[];
  /** Names of all properties of all objects, without quotes. */
  properties: Set<string>;
  /** Values of properties that are plain strings, by property name. */
  strings: { property: string; value: string }[];
}

async function newParser(): Promise<Parser> {
  await Parser.init();
  const grammar = createRequire(__filename).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return parser;
}

let ready: Promise<Parser> | undefined;

/** Parses Bicep. The grammar does not know `extension` lines yet: they are blanked, so that line numbers stay true. */
export async function readBicep(source: string): Promise<BicepFile> {
  const parser = await (ready ??= newParser());
  const tree = parser.parse(source.replace(/^extension .*$/gm, ''));
  if (!tree) throw new Error('The Bicep parser gave no tree.');
  const file: BicepFile = {
    broken: [],
    params: new Map(),
    outputs: new Set(),
    modules: new Map(),
    usedOutputs: [],
    properties: new Set(),
    strings: [],
  };
  walk(tree.rootNode, (node) => note(node, file));
  tree.delete();
  return file;
}

/** All Bicep files under a folder, by their path from there; `/` on every system. */
export async function readBicepFolder(folder: string): Promise<Map<string, BicepFile>> {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.bicep')).sort();
  const found = new Map<string, BicepFile>();
  for (const path of files) {
    found.set(relative('.', path).replaceAll('\\', '/'), await readBicep(await readFile(join(folder, path), 'utf8')));
  }
  return found;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of node.children) walk(child, visit);
}

const plain = (node: Node | null | undefined): string => (node?.text ?? '').replace(/^'|'$/g, '');

function note(node: Node, file: BicepFile): void {
  const [first, second, third] = node.namedChildren;
  if (node.isError || node.isMissing) file.broken.push(node.startPosition.row + 1);
  else if (node.type === 'parameter_declaration') file.params.set(plain(first), { required: third === undefined });
  else if (node.type === 'output_declaration') file.outputs.add(plain(first));
  else if (node.type === 'module_declaration') {
    const passed = new Set(propertiesOf(propertyValue(third, 'params')).map(([name]) => name));
    file.modules.set(plain(first), { file: plain(second), passed });
  } else if (node.type === 'object_property') {
    file.properties.add(plain(first));
    if (second?.type === 'string') file.strings.push({ property: plain(first), value: plain(second) });
  } else if (node.type === 'member_expression') {
    const used = /^(\w+)\.outputs\.(\w+)$/.exec(node.text);
    if (used?.[1] && used[2]) file.usedOutputs.push({ module: used[1], output: used[2] });
  }
}

function propertiesOf(object: Node | null | undefined): [name: string, value: Node | null | undefined][] {
  const properties = object?.namedChildren.filter((child) => child.type === 'object_property') ?? [];
  return properties.map((property) => [plain(property.namedChildren[0]), property.namedChildren[1]]);
}

function propertyValue(object: Node | null | undefined, name: string): Node | null | undefined {
  return propertiesOf(object).find(([property]) => property === name)?.[1];
}
