import { type Command } from 'commander';

/** A word with what it does. */
export interface Described {
  word: string;
  does: string;
}

/** A command and what may follow it. */
export interface CompletionNode {
  /** The words that lead to it: `['passkeys', 'list']`; none for the program itself. */
  path: string[];
  commands: Described[];
  options: (Described & { takesFile: boolean; takesValue: boolean })[];
  /** Words that its arguments may be, where they are a fixed list. */
  choices: string[];
}

/** The commands of the program, each with what may follow it, the program itself first. */
export function completionTree(program: Command, path: string[] = []): CompletionNode[] {
  const visible = program.createHelp();
  const subcommands = visible.visibleCommands(program);
  const node: CompletionNode = {
    path,
    commands: subcommands.map((command) => ({ word: command.name(), does: command.description() })),
    options: visible.visibleOptions(program).flatMap((option) =>
      option.long === undefined
        ? []
        : [
            {
              word: option.long,
              does: option.description,
              takesValue: option.required || option.optional,
              takesFile: /<(file|dir)>/.test(option.flags),
            },
          ],
    ),
    choices: program.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  // `help` completes nothing of its own.
  const inner = subcommands.filter((command) => command.name() !== 'help');
  return [node, ...inner.flatMap((command) => completionTree(command, [...path, command.name()]))];
}
