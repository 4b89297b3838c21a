import { type Words } from '../../cards';

/** The same words, and the paths of those that were read since. */
export function watched(words: Words): { words: Words; read: ReadonlySet<string> } {
  const read = new Set<string>();
  const watch = <T extends object>(value: T, path: string): T =>
    new Proxy(value, {
      get(target, key, receiver): unknown {
        const inner: unknown = Reflect.get(target, key, receiver);
        if (typeof key === 'symbol') return inner;
        const here = path === '' ? key : `${path}.${key}`;
        if (typeof inner === 'string') read.add(here);
        return typeof inner === 'object' && inner !== null ? watch(inner, here) : inner;
      },
    });
  return { words: watch(words, ''), read };
}

/** The sentences of a language by the path to them: `buttons.approve`. */
export function sentences(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value !== 'object' || value === null) return new Map();
  const below = Object.entries(value).map(([key, inner]) => sentences(inner, path === '' ? key : `${path}.${key}`));
  return new Map(below.flatMap((map) => [...map]));
}

function places(sentence: string): string {
  return [...new Set(sentence.match(/\{\w+\}/g) ?? [])].sort().join(' ');
}

/** Where nothing is to be done, nothing is said. */
const MAY_BE_EMPTY = /^readiness\.items\..*\.todo$/;

/** What one language lacks that another has. What people may type differs from language to language and is not compared. */
export function wordBreaches(one: Words, other: Words): string[] {
  const own = sentences(one);
  const theirs = sentences(other);
  const compared = (path: string) => !/^(commands|hints)\./.test(path);
  const said = [...own].filter(([path]) => compared(path));
  return [
    ...said.filter(([path]) => !theirs.has(path)).map(([path]) => `${other.lang} lacks ${path}`),
    ...said
      .filter(([path, text]) => text.trim() === '' && !MAY_BE_EMPTY.test(path))
      .map(([path]) => `${one.lang} says nothing at ${path}`),
    ...said
      .filter(([path, text]) => theirs.has(path) && places(text) !== places(theirs.get(path) ?? ''))
      .map(([path]) => `${one.lang} and ${other.lang} have other places at ${path}`),
    ...said
      .filter(([path, text]) => text !== '' && theirs.get(path) === '')
      .map(([path]) => `${other.lang} says nothing at ${path}`),
  ];
}
