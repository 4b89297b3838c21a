import { type Command } from 'commander';
import { type KeyOptions, withExamples, withKeyOptions } from './options';
import { runCommand } from './run-command';

/** Adds `pin set`, `pin change` and `pin check`. */
export function addPin(program: Command): void {
  const pin = program.command('pin').description("set, change or check a security key's PIN");
  const set = withKeyOptions(pin.command('set').description('set the first PIN of a key')).action(
    (options: KeyOptions) =>
      runCommand('pin set', options, async (session) => (await import('./actions/pin')).set(options, session)),
  );
  const change = withKeyOptions(pin.command('change').description('change the PIN of a key')).action(
    (options: KeyOptions) =>
      runCommand('pin change', options, async (session) => (await import('./actions/pin')).change(options, session)),
  );
  const check = withKeyOptions(
    pin.command('check').description('try whether a PIN is right; a wrong one costs a try'),
  ).action((options: KeyOptions) =>
    runCommand('pin check', options, async (session) => (await import('./actions/pin')).check(options, session)),
  );
  withExamples(
    set,
    ['pin set', 'asks for the new PIN twice, without showing it'],
    ['pin set --pin-fd 3 3< pins', 'the file has it twice, one a line'],
  );
  withExamples(
    change,
    ['pin change', 'asks for the PIN, then for the new one twice'],
    ['pin change --pin-fd 3 3< pins', 'three lines: the PIN, the new one, the new one again'],
  );
  withExamples(check, ['pin check', 'one try; at the last one left it asks first']);
}
