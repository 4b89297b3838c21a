import { type Command } from 'commander';
import { bashScript } from './bash';
import { fishScript } from './fish';
import { completionTree } from './tree';
import { zshScript } from './zsh';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The completion script of a shell for all commands of the program. */
export function completionScript(shell: keyof typeof SCRIPTS, program: Command): string {
  return SCRIPTS[shell](program.name(), completionTree(program));
}
