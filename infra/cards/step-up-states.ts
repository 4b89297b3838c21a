import { type StepUp } from '../../bot/tickets/step-up';
import { type Ticket, type WorkstationRef } from '../../bot/tickets/ticket';
import { approvalCard } from '../../cards';
import { type Sample } from './sample';
import { approvedTicket, type Cast, LATER, NOW, seenBy, ticketOf } from './tickets';

const PUBLIC_KEY = { kty: 'RSA', n: 'AAAA', e: 'AQAB' } as const;

/** An approver's card where the rule asks for their own security key, at every turn of it. */
export function stepUpSamples(cast: Cast): Sample[] {
  const { anna, jonas } = cast;
  const laptop: WorkstationRef = { id: 'ws-jonas', name: cast.workstation, kind: 'own' };
  const tower: WorkstationRef = { id: 'ws-tower', name: 'WS-WEBER-02', kind: 'own' };
  const account = ({ id, name }: typeof anna) => ({ id, name, userPrincipalName: `${id}@contoso.example` });
  const statement: StepUp['statement'] = {
    ...{ audience: 'https://keyvouch.example', job: 'job-9', salt: '0123456789abcdef', ticket: 'KV-7Q2M-9D' },
    ...{ flow: 'onboarding', subject: account(anna), approver: account(jonas), requester: anna, how: 'video' },
    ...{ vouch: true, removes: [], workstations: [], iat: 1, exp: 2 },
  };
  const asked: StepUp = {
    ...{ by: jonas, how: 'video', job: 'job-9', workstation: laptop, begunAt: NOW, validUntil: LATER },
    ...{ state: 'offered', statement },
  };
  const rule = { ...ticketOf(cast).rule, stepUp: true };
  const waiting = (change?: Partial<StepUp>): Ticket =>
    ticketOf(cast, { rule, ...(change && { stepUps: [{ ...asked, ...change }] }) });
  const proof = {
    statement,
    credentialId: 'AAAA',
    authenticatorData: 'AAAA',
    signature: 'AAAA',
    publicKey: PUBLIC_KEY,
  };
  const approvals = [{ by: jonas, at: NOW, how: 'video' as const, proof }];
  const contact = { phones: ['+49 89 5550 1234'], jobTitle: 'Accountant', manager: 'Jonas Weber' };
  const drawn = (name: string, ticket: Ticket, more: Partial<Parameters<typeof approvalCard>[0]> = {}): Sample => ({
    name: `approval, own key: ${name}`,
    shows: [],
    draw: (words) => approvalCard({ view: seenBy(jonas, ticket), contact, ...more }, words),
  });
  const runs = { field: 'how' as const, code: 'step-up-runs', facts: { workstation: cast.workstation } };
  const choose = [{ field: 'workstation' as const, code: 'step-up-choose-workstation' }];
  return [
    drawn('asked', waiting()),
    drawn('several workstations', waiting(), { workstations: [laptop, tower], problems: choose }),
    drawn('no workstation', waiting(), { problems: [{ field: 'workstation', code: 'step-up-no-workstation' }] }),
    drawn('nobody has a key', { ...waiting(), risks: [{ code: 'step-up-keyless' }] }),
    drawn('the number', waiting({}), { jobNumber: '42' }),
    drawn('no number yet', waiting({})),
    drawn('the key is asked', waiting({ state: 'started' }), { problems: [runs] }),
    drawn('it was not touched', waiting({ state: 'failed', code: 'key-no-touch' })),
    drawn('an unknown reason', waiting({ state: 'failed', code: 'key-on-fire' })),
    drawn('lapsed', waiting({ validUntil: NOW })),
    drawn('signed, one of two', ticketOf(cast, { rule: { ...rule, needed: 2 }, approvals })),
    drawn('signed', approvedTicket(cast, [], { rule, approvals })),
  ];
}
