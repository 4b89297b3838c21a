import { InvalidArgumentError, Option } from 'commander';

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
      if (!Number.isInteger(fd) || fd < 0) throw new InvalidArgumentError('Not a file descriptor.');
      return fd;
    },
  );
}
