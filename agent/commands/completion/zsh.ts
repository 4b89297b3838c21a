import { type CompletionNode } from './tree';

/** For zsh 5: a file of its own in $fpath, or sourced after compinit. */
export function zshScript(name: string, tree: readonly CompletionNode[]): string {
  const fn = `_${name.replaceAll('-', '_')}`;
  const paths = tree.flatMap(({ path }) => (path.length === 0 ? [] : [`'${path.join(' ')}'`]));
  return `#compdef ${name}
# zsh completion of ${name}
${fn}() {
  local at='' word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$word" in
      ${paths.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  local -a offered
  case "$at" in
${tree.map(branch).join('\n')}
  esac
  case "\${words[CURRENT-1]}" in
    ${files(tree)}) _files; return ;;
  esac
  _describe '${name}' offered
}
if [ "\${funcstack[1]}" = "${fn}" ]; then ${fn} "$@"; else compdef ${fn} ${name}; fi`;
}

function branch({ path, commands, choices, options }: CompletionNode): string {
  const words = [...commands, ...choices.map((word) => ({ word, does: '' })), ...options];
  const offered = words.map(({ word, does }) => quoted(does === '' ? word : `${word}:${does}`));
  return `    '${path.join(' ')}') offered=(${offered.join(' ')}) ;;`;
}

function files(tree: readonly CompletionNode[]): string {
  const words = new Set(
    tree.flatMap(({ options }) => options.filter(({ takesFile }) => takesFile).map(({ word }) => word)),
  );
  return words.size === 0 ? "''" : [...words].join('|');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
