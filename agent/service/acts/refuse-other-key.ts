import { Fault } from '../../protocol/fault';
import { type LookedAt } from '../../protocol/job';

/**
 * Holds a key against the one that was looked at before its erasing was approved: by its model, and by the passkeys that
 * answer silently. One that hides its passkeys (credProtect 3) answers for none, and must not do so now either.
 * Asking costs no try of the PIN, and a key that is refused is as it was.
 *
 * @param answered those of the job's passkeys that this key answers for; `unknown` where it answers no such question
 * @throws Fault `key-not-expected` (another key), `key-holds-more` (a passkey would go that nobody has approved to go)
 */
export function refuseOtherKey(
  expected: LookedAt,
  { aaguid, answered }: { aaguid: string; answered: readonly string[] | 'unknown' },
): void {
  const now = answered === 'unknown' ? [] : answered;
  const more = now.some((id) => !expected.answered.includes(id));
  if (aaguid !== expected.aaguid || !expected.answered.every((id) => now.includes(id))) throw notExpected();
  if (more) throw expected.answered.length > 0 ? holdsMore() : notExpected();
}

function notExpected(): Fault {
  return new Fault({
    code: 'key-not-expected',
    say: 'This is another key than the one that was looked at. Nothing was erased.',
    todo: 'Plug in the key that was looked at, and start it again from your request in the chat with Keyvouch.',
  });
}

function holdsMore(): Fault {
  return new Fault({
    code: 'key-holds-more',
    say: 'This key holds another passkey of the account besides those that may go. Nothing was erased.',
    todo: 'Cancel your request in the chat with Keyvouch and ask anew: the key is looked at afresh then.',
  });
}
