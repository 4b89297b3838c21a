import { type CompletionNode } from './tree';

/** For fish 3 and newer. */
export function fishScript(name: string, tree: readonly CompletionNode[]): string {
  const lines = tree.flatMap((node) => {
    const start = `complete -c ${name} -n ${quoted(condition(node))}`;
    return [
      ...node.commands.map(({ word, does }) => `${start} -f -a ${quoted(word)} -d ${quoted(does)}`),
      ...node.choices.map((word) => `${start} -f -a ${quoted(word)}`),
      ...node.options.map(({ word, does, takesFile, takesValue }) => {
        const value = takesFile ? ' -r -F' : takesValue ? ' -x' : ' -f';
        return `${start} -l ${word.replace(/^--/, '')}${value} -d ${quoted(does)}`;
      }),
    ];
  });
  return [`# fish completion of ${name}`, ...lines].join('\n');
}

/** Where these words are offered: behind the command, and before one of its subcommands. */
function condition({ path, commands }: CompletionNode): string {
  const seen = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const none =
    commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${commands.map(({ word }) => word).join(' ')}`];
  return [...seen, ...none].join('; and ') || 'true';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
