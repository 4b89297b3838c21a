import { type SignedApproval } from '../../../agent/protocol/signed-approval';
import { type CommandOf } from '../decide/answer';
import { type Actor, type PersonFacts } from '../people';
import { stepUpOf } from '../step-up';
import { UNSIGNED } from './step-up-story';
import { BOB, CAROL, decisionBy, person, RULE, story, type Story } from './story';

/** A signing told part by part: Bob's, unless it is said otherwise. */

export const BOBS = { id: 'ws-bob', name: "Bob's laptop", kind: 'own' as const };
export const CAROLS = { id: 'ws-carol', name: "Carol's laptop", kind: 'own' as const };
export const AT_BOBS: Actor = { kind: 'workstation', id: BOBS.id, person: BOB.id };
export const AT_CAROLS: Actor = { kind: 'workstation', id: CAROLS.id, person: CAROL.id };

type Body<K extends Parameters<Story['tell']>[1]['kind']> = Omit<CommandOf<K>, 'at' | 'by'>;

export function asked(): Story {
  return story({ rule: { ...RULE, stepUp: true } });
}

export function begin(more: object = {}, who: PersonFacts = BOB): Body<'begin-approval'> {
  return {
    kind: 'begin-approval',
    how: 'video',
    facts: decisionBy(who),
    ...{ job: 'job-b', audience: 'https://keyvouch.example', salt: '01JNGZ0000000000000000S4LT' },
    ...{ keys: 1, workstation: BOBS, several: false },
    ...more,
  };
}

export function started(more: object = {}): Body<'approval-started'> {
  return { kind: 'approval-started', job: 'job-b', facts: decisionBy(BOB), ...more };
}

/** What this person's key was asked to sign. The heart takes the service's word that a signature holds. */
export function proofOf(one: Story, who: PersonFacts = BOB): SignedApproval {
  const statement = stepUpOf(one.ticket, who.id)?.statement;
  if (!statement) throw new Error('nothing was asked');
  return { ...UNSIGNED, statement };
}

export function sign(one: Story, more: object = {}): Body<'sign-approval'> {
  return { kind: 'sign-approval', job: 'job-b', facts: decisionBy(BOB), proof: proofOf(one), ...more };
}

/** The job is given out. */
export function begun(): Story {
  return asked().then(person(BOB), begin());
}

/** The number was typed. */
export function typed(): Story {
  return begun().then(AT_BOBS, started());
}

export function code(answer: { refusal?: { code: string } }): string | undefined {
  return answer.refusal?.code;
}
