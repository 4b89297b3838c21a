import { type CompletionNode } from './tree';

/** For bash 4 and newer, with or without the package bash-completion. */
export function bashScript(name: string, tree: readonly CompletionNode[]): string {
  const fn = `_${name.replaceAll('-', '_')}`;
  const cases = tree.map((node) => {
    const words = [...node.commands.map(({ word }) => word), ...node.choices, ...node.options.map(({ word }) => word)];
    return `    '${node.path.join(' ')}') words='${words.join(' ')}' ;;`;
  });
  const paths = tree.flatMap(({ path }) => (path.length === 0 ? [] : [`'${path.join(' ')}'`]));
  const files = everyOption(tree, ({ takesFile }) => takesFile);
  const values = everyOption(tree, ({ takesFile, takesValue }) => takesValue && !takesFile);
  return `# bash completion of ${name}
${fn}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' word words=''
  COMPREPLY=()
  case "$before" in
    ${files}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${values}) return ;;
  esac
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o bashdefault -F ${fn} ${name}`;
}

/** The options that pass the test, as a pattern of `case`. */
function everyOption(
  tree: readonly CompletionNode[],
  test: (option: CompletionNode['options'][number]) => boolean,
): string {
  const words = new Set(tree.flatMap(({ options }) => options.filter(test).map(({ word }) => word)));
  return words.size === 0 ? "''" : [...words].join('|');
}
