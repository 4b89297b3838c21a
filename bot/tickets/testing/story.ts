import { type Command, type Open, type Standing } from '../commands';
import { type Answer } from '../decide/answer';
import { decide } from '../decide/decide';
import { type TicketEvent } from '../events';
import { evolve } from '../evolve';
import { type Actor, type PersonFacts, SERVICE } from '../people';
import { type ApprovalRule, type Candidate } from '../rule';
import { type Moment, type Ticket, type WorkstationRef } from '../ticket';
import { plusSeconds } from '../time';
import { type Said } from './body';

export const START: Moment = '2026-03-02T08:00:00.000Z';
export const ID = '01JNGZ0000000000000000K7Q2';

export function facts(name: string, more: Partial<PersonFacts> = {}): PersonFacts {
  return {
    id: `id-${name}`,
    name,
    userPrincipalName: `${name}@contoso.example`,
    enabled: true,
    external: false,
    employeeId: `E-${name}`,
    addresses: [`${name}@contoso.example`],
    ...more,
  };
}

export const ADA = facts('ada');
export const BOB = facts('bob');
export const CAROL = facts('carol');
export const HELEN = facts('helen');
export const HUGO = facts('hugo');

export const OWN: WorkstationRef = { id: 'ws-own', name: 'Laptop', kind: 'own' };
export const OTHER: WorkstationRef = { id: 'ws-other', name: 'Other laptop', kind: 'own' };
export const DESK: WorkstationRef = { id: 'ws-desk', name: 'Desk', kind: 'desk' };

export const RULE: ApprovalRule = {
  circles: [[{ kind: 'manager' }], [{ kind: 'managers-manager' }]],
  needed: 1,
  remindAfter: 60,
  widenAfter: 120,
  expireAfter: 600,
  useWithin: 600,
  vouch: true,
};

export const CANDIDATES: readonly Candidate[] = [
  { person: BOB, circle: 0, via: 'manager' },
  { person: CAROL, circle: 1, via: 'managers-manager' },
];

export const FINE: Standing = { subject: ADA, privileged: false, emergency: false, stops: [] };

export function person({ id, name }: { id: string; name: string }): Actor {
  return { kind: 'person', id, name };
}

export function opening(more: Partial<Open> = {}): Command {
  return {
    kind: 'open',
    at: START,
    by: person(more.requester ?? ADA),
    id: ID,
    shortId: 'KV-00K7-Q2',
    flow: 'onboarding',
    requester: ADA,
    standing: FINE,
    mayOpenForOthers: false,
    reason: 'My first day',
    rule: RULE,
    risks: [],
    candidates: CANDIDATES,
    samePerson: { linkedAccounts: [] },
    passkeysBefore: [],
    removes: [],
    contain: false,
    strongMethods: 0,
    ...more,
  };
}

/** A ticket that is told command by command, each taken at the story's own moment. */
export interface Story {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  readonly at: Moment;
  /** Moves the clock. */
  wait(seconds: number): Story;
  /** Takes a command, and says what came of it. */
  tell(by: Actor, command: Said): Answer;
  /** The same where it is expected to work. @throws Error with the refusal */
  then(by: Actor, command: Said): Story;
  kinds(): string[];
}

export function story(open: Partial<Open> = {}): Story {
  const events: TicketEvent[] = [];
  let ticket: Ticket | undefined;
  let at = START;
  const take = (answer: Answer) => {
    for (const event of answer.events) {
      ticket = evolve(ticket, event);
      events.push(event);
    }
    return answer;
  };
  const self: Story = {
    get ticket() {
      if (!ticket) throw new Error('nothing was opened');
      return ticket;
    },
    get events() {
      return events;
    },
    get at() {
      return at;
    },
    wait(seconds) {
      at = plusSeconds(at, seconds);
      return self;
    },
    tell: (by, command) => take(decide(ticket, { ...command, at, by })),
    then(by, command) {
      const { refusal } = self.tell(by, command);
      if (refusal) throw new Error(refusal.code);
      return self;
    },
    kinds: () => events.map(({ kind }) => kind),
  };
  const { refusal } = take(decide(undefined, opening(open)));
  if (refusal) throw new Error(refusal.code);
  return self;
}

/** What a rule is judged by when this person decides. */
export function decisionBy(
  actor: PersonFacts,
  more: Partial<Extract<Command, { kind: 'approve' }>['facts']> = {},
): Extract<Command, { kind: 'approve' }>['facts'] {
  return {
    actor,
    requester: ADA,
    standing: FINE,
    candidates: CANDIDATES,
    samePerson: { linkedAccounts: [] },
    workstations: [],
    hasPhone: true,
    ...more,
  };
}

export const tick = { kind: 'tick' } as const;

export function approved(open: Partial<Open> = {}): Story {
  return story(open).then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB) });
}

export function vouched(way: 'pass' | 'workstation'): Story {
  const choice = way === 'pass' ? { way } : { way, workstation: OWN };
  return approved()
    .then(person(ADA), { kind: 'choose', ...choice })
    .then(person(ADA), { kind: 'vouch', matches: true });
}

/** With a pass begun: `generation` 1 is under way. */
export function showing(): Story {
  return vouched('pass')
    .then(person(ADA), { kind: 'prepare-show', standing: FINE })
    .then(person(ADA), { kind: 'show', standing: FINE, passkeysBefore: [] });
}

export function issue(one: Story, generation = 1): Story {
  const validUntil = plusSeconds(one.at, 3600);
  return one.then(SERVICE, { kind: 'pass-issued', generation, methodId: `pass-${generation}`, validUntil });
}

export const WORKSTATION: Actor = { kind: 'workstation', id: OWN.id, person: ADA.id };

export function jobStarted(vouchedFor = vouched('workstation')): Story {
  const one = vouchedFor.then(person(ADA), { kind: 'start-job', job: 'job-1', standing: FINE });
  const challengeUntil = plusSeconds(one.at, 300);
  return one.then(WORKSTATION, {
    kind: 'job-started',
    job: 'job-1',
    standing: FINE,
    challengeHash: 'hash',
    challengeUntil,
  });
}

export const MADE = {
  kind: 'key-made',
  job: 'job-1',
  credentialId: 'credential',
  aaguid: 'aaguid',
  attested: true,
  clientDataJSON: 'client',
  attestationObject: 'attestation',
  displayName: 'Keyvouch',
} as const;

/** What the subject had before. */
export const OLD_KEYS = [
  { methodId: 'old-1', name: 'Blue key' },
  { methodId: 'old-2', name: 'Red key' },
];

export const PASSKEY = { methodId: 'passkey-1', name: 'My key' };
