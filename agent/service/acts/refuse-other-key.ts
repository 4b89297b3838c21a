import { Fault } from '../../protocol/fault';

/**
 * Holds a key against the one that was looked at before its erasing was approved, by the passkeys that answer silently.
 * Asking costs no try of the PIN, and a key that is refused is as it was.
 *
 * @param expected ids of the job that this key must answer for; undefined where a person said which key it is
 * @param answered those that it does answer for; `unknown` where it answers no such question, as the right one did
 * @throws Fault `key-not-expected` (another key), `key-holds-more` (a passkey would go that nobody has approved to go)
 */
export function refuseOtherKey(expected: readonly string[] | undefined, answered: readonly string[] | 'unknown'): void {
  if (!expected) return;
  if (answered === 'unknown' || !expected.every((id) => answered.includes(id))) throw notExpected();
  if (answered.some((id) => !expected.includes(id))) throw holdsMore();
}

function notExpected(): Fault {
  return new Fault({
    code: 'key-not-expected',
    say: 'This is another key than the one that was looked at: it does not hold the passkey that is to go. Nothing was erased.',
    todo: 'Plug in the other key, and start it again from your ticket in the chat with Keyvouch.',
  });
}

function holdsMore(): Fault {
  return new Fault({
    code: 'key-holds-more',
    say: 'This key holds another passkey of the account besides those that may go. Nothing was erased.',
    todo: 'Cancel the ticket in the chat with Keyvouch and open a new one: the key is looked at afresh there.',
  });
}
