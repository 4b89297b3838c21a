import { ulid } from 'ulid';
import { VERBS } from '../../../bot/teams/said-and-clicked';
import { FLOWS } from '../../../bot/tickets/ticket';
import { allOf } from '../../../cards';
import { people } from '../../local/entra';
import { type Dice } from '../seed';

/** Every button there is, with data under which a true click of the right person would do something. */
export function anyClick(dice: Dice, ticket: string): Readonly<Record<string, unknown>> & { verb: string } {
  const verb = dice.one(VERBS);
  return {
    verb,
    ticket,
    nonce: verb === 'send-request' ? ulid() : `v${1 + dice.below(9)}`,
    flow: dice.one(FLOWS),
    what: dice.one(FLOWS),
    subject: dice.one(['me', 'other', 'own', 'desk', 'ws-1']),
    person: people.sean.upn,
    reason: 'My first day: I need a key to sign in.',
    passkeys: allOf(people.sean.id),
    how: 'video',
    denial: 'Nobody of mine.',
    comment: 'Seen.',
    code: String(dice.below(1_000_000)).padStart(6, '0'),
    workstation: 'ws-1',
  };
}
