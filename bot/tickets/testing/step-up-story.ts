import type FastCheck from 'fast-check';
import { type SignedApproval } from '../../../agent/protocol/signed-approval';
import { type Actor, type PersonFacts } from '../people';
import { stepUpWith } from '../step-up';
import { type Ticket } from '../ticket';
import { type Body } from './body';
import { BOB, CAROL, decisionBy, HELEN, HUGO, person } from './story';

/** The heart takes the service's word that a signature holds, so none is made here. */
export const UNSIGNED: Omit<SignedApproval, 'statement'> = {
  credentialId: 'AAAA',
  authenticatorData: 'AAAA',
  signature: 'AAAA',
  publicKey: { kty: 'RSA', n: 'AAAA', e: 'AQAB' },
};

const workstationOf = ({ id, name }: PersonFacts) => ({ id: `ws-${id}`, name: `${name}'s`, kind: 'own' as const });
const atWorkstationOf = (who: PersonFacts): Actor => ({ kind: 'workstation', id: `ws-${who.id}`, person: who.id });
const jobOf = (who: PersonFacts) => `job-${who.id}`;

function beginning(who: PersonFacts, facts: Extract<Body, { kind: 'approve' }>['facts'], job = jobOf(who)): Body {
  return {
    ...{ kind: 'begin-approval', by: person(who), how: 'video', facts, job, several: false, keys: 1 },
    ...{ audience: 'https://keyvouch.example', salt: '0123456789abcdef', workstation: workstationOf(who) },
  };
}

/** The statement that the ticket waits to be signed, as an approver's key would have signed it. */
function withStatement(ticket: Ticket, body: Body): Body {
  const statement = body.kind === 'sign-approval' ? stepUpWith(ticket, body.job)?.statement : undefined;
  return body.kind === 'sign-approval' && statement ? { ...body, proof: { ...UNSIGNED, statement } } : body;
}

/** What a step comes to: under step-up a click of Approve is the click, the number typed, and the signature. */
export function stepUpCommands(ticket: Ticket, body: Body): ((now: Ticket) => Body)[] {
  if (ticket.rule.stepUp !== true || body.kind !== 'approve') return [(now) => withStatement(now, body)];
  const { facts } = body;
  const who = facts.actor;
  const rest = { job: jobOf(who), by: atWorkstationOf(who), facts };
  return [
    () => beginning(who, facts),
    () => ({ kind: 'approval-started', ...rest }),
    (now) => withStatement(now, signing(rest)),
  ];
}

function signing(rest: { job: string; by: Actor; facts: Extract<Body, { kind: 'approve' }>['facts'] }): Body {
  const unknown = { id: 'x', name: 'x', userPrincipalName: 'x' };
  const statement: SignedApproval['statement'] = {
    ...{ audience: 'x', job: 'job-x', salt: '0123456789abcdef', ticket: 'KV-0000-00', flow: 'pass', how: 'video' },
    ...{ subject: unknown, approver: unknown, requester: { id: 'x', name: 'x' }, vouch: true },
    ...{ removes: [], workstations: [], iat: 0, exp: 1 },
  };
  return { kind: 'sign-approval', ...rest, proof: { ...UNSIGNED, statement } };
}

/** Parts of a signing, by anybody, in any order. */
export function anySigning(fc: typeof FastCheck): FastCheck.Arbitrary<Body> {
  const who = fc.constantFrom(BOB, CAROL);
  const job = fc.constantFrom(jobOf(BOB), jobOf(CAROL), 'job-other');
  return fc.tuple(who, who, job, fc.constantFrom('begin', 'start', 'sign', 'fail')).map(([one, at, id, what]): Body => {
    const facts = decisionBy(one, { requester: HELEN, hander: HUGO });
    const rest = { job: id, by: atWorkstationOf(at) };
    if (what === 'begin') return beginning(one, facts, id);
    if (what === 'start') return { kind: 'approval-started', ...rest, facts };
    if (what === 'sign') return signing({ ...rest, facts });
    return { kind: 'approval-failed', ...rest, code: 'key-gone' };
  });
}
