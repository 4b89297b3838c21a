import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options of every command that works with one key. */
export interface KeyOptions {
  device: string[];
  pinFd?: number;
  json?: true;
}

/** `--device`, repeatable: only these keys, whatever else is plugged in. */
export function deviceOption(): Option {
  return new Option('--device <address>', 'a key by its path or as tcp:HOST:PORT; may be given several times')
    .argParser((address: string, before: string[] | undefined) => [...(before ?? []), address])
    .default([], 'every key that is plugged in');
}

/** `--pin-fd`: where PINs come from when nobody types. */
export function pinFdOption(): Option {
  return new Option('--pin-fd <number>', 'read PINs from this file descriptor, one a line').argParser(
    (text: string) => {
      const fd = Number(text);
      if (text.trim() === '' || !Number.isInteger(fd) || fd < 0)
        throw new InvalidArgumentError('Not a file descriptor.');
      return fd;
    },
  );
}

/** `--json`: one document on stdout, of the shape that `schema` prints. */
export function jsonOption(): Option {
  return new Option('--json', 'print JSON for programs, of the shape that "schema" shows');
}

/** `--confirm`: the yes of a program, for what cannot be taken back. */
export function confirmOption(what: string): Option {
  return new Option('--confirm <text>', `do not ask; must be ${what}`);
}

/** Adds what every command takes that works with one key and may ask for its PIN. */
export function withKeyOptions(command: Command): Command {
  return command.addOption(deviceOption()).addOption(pinFdOption()).addOption(jsonOption());
}

/** Examples below the help of a command, each with what it does. */
export function withExamples(
  command: Command,
  ...examples: readonly (readonly [line: string, does: string])[]
): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, does]) => `  $ keyvouch-agent ${line.padEnd(width)}   ${does}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}
