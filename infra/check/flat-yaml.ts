/** What azure.yaml is made of: names, texts, and names inside names. */
export interface YamlMap {
  [name: string]: YamlMap | string | boolean;
}

/**
 * Reads the plain part of YAML that azure.yaml uses: nested `name: value` lines and comments. Whatever is beyond that
 * (lists, quotes, blocks, tabs) is refused rather than misread.
 * @throws Error with the number of the line
 */
export function readFlatYaml(text: string): YamlMap {
  const top: YamlMap = {};
  const open: { indent: number; map: YamlMap }[] = [{ indent: -1, map: top }];
  let parent: { indent: number; map: YamlMap } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const [, space, name, value] = /^( *)([\w-]+):(?: ([^\s'"|>[{&*#].*))?$/.exec(line) ?? [];
    if (space === undefined || name === undefined) throw new Error(`Line ${index + 1} is more than "name: value".`);
    const indent = space.length;
    if (parent && indent > parent.indent) open.push(parent);
    while (open.length > 1 && indent <= (open.at(-1)?.indent ?? -1)) open.pop();
    const map = open.at(-1)?.map ?? top;
    if (name in map) throw new Error(`Line ${index + 1} says "${name}" a second time.`);
    const inner: YamlMap = {};
    map[name] = value === undefined ? inner : value === 'true' || value === 'false' ? value === 'true' : value.trim();
    parent = value === undefined ? { indent, map: inner } : undefined;
  }
  return top;
}
