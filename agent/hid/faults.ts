import { Fault } from '../protocol/fault';

/** The key was pulled out, or its connection broke. */
export function keyGone(cause?: unknown): Fault {
  return new Fault({
    code: 'key-gone',
    say: 'The security key is no longer connected.',
    todo: 'Plug the key in again and start over.',
    retry: true,
    cause,
  });
}

/** The key broke the protocol. `detail` names the rule it broke, for the log and for its maker. */
export function keyMalformed(detail: string, cause?: unknown): Fault {
  return new Fault({
    code: 'key-malformed',
    say: 'The security key sent an answer that makes no sense.',
    todo: 'Unplug the key, plug it in again and try once more; if it stays so, use another key.',
    retry: true,
    facts: { detail },
    cause,
  });
}

/** The key said nothing, not even "still working", for longer than CTAPHID allows. */
export function keySilent(inactivityMs: number): Fault {
  return new Fault({
    code: 'key-silent',
    say: 'The security key does not answer.',
    todo: 'Unplug the key, plug it in again and try once more.',
    retry: true,
    facts: { inactivityMs },
  });
}

/** The key kept saying "still working" or "touch me" for longer than anyone waits. */
export function keyTooSlow(touch: boolean): Fault {
  return touch
    ? new Fault({
        code: 'key-no-touch',
        say: 'The security key was not touched in time.',
        todo: 'Start again and touch the key when it blinks.',
        retry: true,
      })
    : new Fault({
        code: 'key-too-slow',
        say: 'The security key did not finish in time.',
        todo: 'Unplug the key, plug it in again and try once more.',
        retry: true,
      });
}

/** Another program holds the key (CTAPHID CHANNEL_BUSY, or CTAP 0x06). */
export function keyBusy(cause?: unknown): Fault {
  return new Fault({
    code: 'key-busy',
    say: 'Another program is using the security key.',
    todo: 'Close other windows that wait for the key, then try again.',
    retry: true,
    cause,
  });
}

/** The person, or the program on their behalf, called it off. */
export function keyCancelled(cause?: unknown): Fault {
  return new Fault({
    code: 'key-cancelled',
    say: 'It was cancelled.',
    todo: 'Start again when you are ready.',
    retry: true,
    cause,
  });
}
