import { Fault } from '../protocol/fault';

/** Guesses at an option that would take a PIN. `--pin-fd` takes a number of a file descriptor. */
const GUESS = /^--?(?!pin-fd(=|$))(pin|new-?pin|old-?pin|current-?pin|password|passwd)/i;
const PIN_COMMANDS = ['set', 'change', 'check', 'verify'];

/**
 * Refuses a PIN among the arguments, before anything repeats it: every program of this computer can read them.
 *
 * @throws Fault `pin-on-command-line`
 */
export function refusePinArgument(args: readonly string[]): void {
  const end = args.indexOf('--');
  const before = end === -1 ? args : args.slice(0, end);
  const guessed = before.some((arg) => GUESS.test(arg));
  // "pin change 1234": nothing but options follows these commands.
  const bare = before[0] === 'pin' && PIN_COMMANDS.includes(before[1] ?? '') && /^[^-]/.test(before[2] ?? '-');
  if (!guessed && !bare) return;
  throw new Fault({
    code: 'pin-on-command-line',
    say: 'A PIN does not belong on the command line: every program here can read it there, and the shell writes it down.',
    todo: 'Leave it out and type it when it is asked for, or use --pin-fd N. If that was the real PIN, change it.',
  });
}
