import { Argument, type Command } from 'commander';
import { withExamples } from './options';
import { print } from '../terminal/print';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** Adds `completion`: a script by which a shell completes commands and options. */
export function addCompletion(program: Command): void {
  const command = program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(SHELLS))
    .action(async (shell: Shell) => {
      const { completionScript } = await import('./completion/script');
      print(completionScript(shell, program));
    });
  withExamples(
    command,
    ['completion bash > ~/.local/share/bash-completion/completions/keyvouch-agent', 'bash'],
    ['completion zsh > "${fpath[1]}/_keyvouch-agent"', 'zsh'],
    ['completion fish > ~/.config/fish/completions/keyvouch-agent.fish', 'fish'],
  );
}
