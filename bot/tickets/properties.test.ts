import fc from 'fast-check';
import { type Command } from './commands';
import { decide } from './decide/decide';
import { dueTimes } from './due';
import { type Effect } from './effects';
import { type TicketEvent } from './events';
import { evolve, replay } from './evolve';
import { SERVICE } from './people';
import { wantedOf } from './reactions';
import { type Ticket } from './ticket';
import {
  ADA,
  BOB,
  CANDIDATES,
  CAROL,
  decisionBy,
  DESK,
  FINE,
  HELEN,
  HUGO,
  MADE,
  opening,
  OTHER,
  OWN,
  PASSKEY,
  person,
  RULE,
  START,
  WORKSTATION,
} from './testing/story';
import { plusSeconds } from './time';
import { passMayLive, type Viewer, viewOf } from './view';

/**
 * Laws of a ticket, whatever is done to it: commands of anybody, in any order, repeated, late, with facts that change in
 * between.
 */

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at'> : never) : never;

interface Step {
  /** Seconds since the step before. */
  after: number;
  body: Body;
}

interface Told {
  events: readonly TicketEvent[];
  /** Where each command stood: the ticket before it, what it was, and what it did. */
  moves: readonly { before: Ticket; command: Command; events: readonly TicketEvent[]; after: Ticket }[];
  ticket: Ticket;
}

const everybody = fc.constantFrom(ADA, BOB, CAROL, HELEN, HUGO).map((one) => person(one));
const standing = fc.constantFrom(FINE, FINE, FINE, { ...FINE, privileged: true }, { ...FINE, stops: ['x'] });
const approver = fc.constantFrom(BOB, CAROL, ADA, HUGO, HELEN);
const generation = fc.integer({ min: 1, max: 4 });
const job = fc.constantFrom('job-1', 'job-2');
const workstation = fc.constantFrom(WORKSTATION, { ...WORKSTATION, id: OTHER.id });

const anyBody: fc.Arbitrary<Body> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick' as const), by: fc.constant(SERVICE) }) },
  approver.chain((actor) =>
    standing.map((now) => ({
      kind: 'approve' as const,
      by: person(actor),
      how: 'video' as const,
      facts: decisionBy(actor, { standing: now, hander: HUGO, requester: HELEN }),
    })),
  ),
  approver.map((actor) => ({
    kind: 'deny' as const,
    by: person(actor),
    reason: 'unknown to me',
    facts: decisionBy(actor, { hander: HUGO, requester: HELEN }),
  })),
  fc.record({ kind: fc.constant('cancel' as const), by: everybody, helpdesk: fc.boolean() }),
  fc.record({ by: everybody, to: fc.constantFrom(undefined, OWN, OTHER, DESK) }).map(({ by, to }): Body => {
    return to ? { kind: 'choose', way: 'workstation', workstation: to, by } : { kind: 'choose', way: 'pass', by };
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('vouch' as const), by: everybody, matches: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('prepare-show' as const), by: everybody, standing }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('show' as const),
      by: everybody,
      standing,
      passkeysBefore: fc.constant([]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass-issued' as const),
      by: fc.constant(SERVICE),
      generation,
      methodId: fc.constant('pass'),
      validUntil: fc.integer({ min: 60, max: 40_000 }).map((seconds) => plusSeconds(START, seconds)),
    }),
  },
  fc.record({
    kind: fc.constant('pass-settled' as const),
    by: fc.constant(SERVICE),
    generation,
    deleted: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('pass-ended' as const),
    by: fc.constant(SERVICE),
    generation,
    how: fc.constantFrom('deleted' as const, 'gone' as const),
  }),
  fc.record({
    kind: fc.constant('passkey-appeared' as const),
    by: fc.constant(SERVICE),
    generation,
    passkey: fc.constant(PASSKEY),
  }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('start-job' as const), by: everybody, job, standing }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('job-started' as const),
      by: workstation,
      job,
      standing,
      challengeHash: fc.constantFrom('a', 'b'),
      challengeUntil: fc.integer({ min: 60, max: 3600 }).map((seconds) => plusSeconds(START, seconds)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ job, by: workstation }).map(({ job: id, by }): Body => ({ ...MADE, job: id, by })),
  },
  fc.record({
    kind: fc.constant('passkey-registered' as const),
    by: fc.constant(SERVICE),
    job,
    passkey: fc.constant(PASSKEY),
  }),
  fc.record({
    kind: fc.constant('job-failed' as const),
    by: fc.oneof(workstation, fc.constant(SERVICE)),
    job,
    code: fc.constant('key-gone'),
    orphan: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('park' as const),
    by: fc.constant(SERVICE),
    step: fc.constantFrom('register' as const, 'confirm' as const, 'show' as const, 'tidy' as const),
    code: fc.constantFrom('x', 'y'),
  }),
  fc.record({ kind: fc.constantFrom('take-over' as const, 'retry' as const), by: everybody, helpdesk: fc.boolean() }),
  fc.record({
    kind: fc.constant('unreached' as const),
    by: fc.constant(SERVICE),
    person: fc.constantFrom(BOB, CAROL),
    code: fc.constant('not-installed'),
  }),
  fc.record({ kind: fc.constant('signed-in' as const), by: everybody, seen: fc.constant('said' as const) }),
);

/** What brings a ticket forward, so that the random commands come upon every state. */
const facts = decisionBy(BOB, { requester: HELEN, hander: HUGO });
const agree: Body = { kind: 'approve', by: person(BOB), how: 'video', facts };
const hugo = person(HUGO);
const PATHS: readonly (readonly Body[])[] = [
  [],
  [agree],
  [
    agree,
    { kind: 'choose', way: 'pass', by: hugo },
    { kind: 'vouch', matches: true, by: hugo },
    { kind: 'prepare-show', standing: FINE, by: hugo },
    { kind: 'show', standing: FINE, passkeysBefore: [], by: hugo },
    { kind: 'pass-issued', generation: 1, methodId: 'p', validUntil: plusSeconds(START, 3600), by: SERVICE },
  ],
  [
    agree,
    { kind: 'choose', way: 'workstation', workstation: OWN, by: hugo },
    { kind: 'vouch', matches: true, by: hugo },
    { kind: 'start-job', job: 'job-1', standing: FINE, by: hugo },
    {
      ...{ kind: 'job-started', job: 'job-1', standing: FINE, by: WORKSTATION },
      ...{ challengeHash: 'a', challengeUntil: plusSeconds(START, 400) },
    },
    { ...MADE, by: WORKSTATION },
  ],
];

const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20_000 }));
const steps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.constantFrom(...PATHS).chain((path) => fc.integer({ min: 0, max: path.length }).map((to) => path.slice(0, to))),
    fc.array(fc.record({ after: seconds, body: anyBody }), { maxLength: 25 }),
  )
  .map(([path, rest]) => [...path.map((body) => ({ after: 1, body })), ...rest]);

const openings = fc.record({ vouch: fc.boolean(), needed: fc.constantFrom(1, 1, 2), desk: fc.boolean() });

function told(open: { vouch: boolean; needed: number; desk: boolean }, list: readonly Step[]): Told {
  const rule = { ...RULE, vouch: open.vouch, needed: open.needed };
  const first = opening({
    ...{ requester: HELEN, hander: HUGO, mayOpenForOthers: true, rule },
    ...(open.desk && { desk: DESK }),
  });
  const events: TicketEvent[] = [...decide(undefined, first).events];
  let ticket = replay(events)!;
  let at = START;
  const moves: Told['moves'][number][] = [];
  for (const { after, body } of list) {
    at = plusSeconds(at, after);
    const command = { ...body, at } as Command;
    const before = ticket;
    const answer = decide(ticket, command);
    for (const event of answer.events) ticket = evolve(ticket, event);
    events.push(...answer.events);
    moves.push({ before, command, events: answer.events, after: ticket });
  }
  return { events, moves, ticket };
}

const law = (name: string, holds: (story: Told) => void, numRuns = 300) =>
  test(name, () => {
    fc.assert(
      fc.property(openings, steps, (open, list) => {
        holds(told(open, list));
      }),
      { numRuns },
    );
  });

const ENDS = ['denied', 'cancelled', 'expired', 'completed'];
/** What tells of things that were begun before the end, and of what people note. */
const MAY_FOLLOW_AN_END = ['pass-settled', 'pass-ended', 'commented', 'signed-in', 'unreached'];

law('there is one end at most, and after it nothing is approved or begun', ({ events, ticket }) => {
  const kinds = events.map(({ kind }) => kind);
  const ends = kinds.filter((kind) => ENDS.includes(kind));
  expect(ends.length).toBeLessThanOrEqual(1);
  const end = kinds.findIndex((kind) => ENDS.includes(kind));
  if (end >= 0) {
    for (const kind of kinds.slice(end + 1)) expect(MAY_FOLLOW_AN_END).toContain(kind);
    expect(ticket.status).toBe(ends[0] === 'completed' ? 'done' : ends[0]);
    expect(ticket.closedAt).toBeDefined();
    expect(ticket.parked).toBeUndefined();
  }
});

law(
  'nothing is done before the decision, and nothing without the vouch code where it is wanted',
  ({ events, ticket }) => {
    const kinds = events.map(({ kind }) => kind);
    for (const [at, kind] of kinds.entries()) {
      if (kind !== 'pass-started' && kind !== 'job-offered') continue;
      expect(kinds.slice(0, at)).toContain('decided');
      if (ticket.rule.vouch) expect(kinds.slice(0, at)).toContain('vouched');
    }
    expect(kinds.filter((kind) => kind === 'decided').length).toBeLessThanOrEqual(1);
    expect(kinds.filter((kind) => kind === 'vouch-refused').length).toBeLessThanOrEqual(3);
    expect(kinds.filter((kind) => kind === 'pass-issued').length).toBeLessThanOrEqual(3);
  },
);

law('who approved was never requester, subject or hander, and as many as the rule wants', ({ ticket }) => {
  for (const { by } of ticket.approvals) {
    expect([ticket.requester.id, ticket.subject.id, ticket.hander?.id]).not.toContain(by.id);
    expect(CANDIDATES.map(({ person: one }) => one.id)).toContain(by.id);
  }
  if (ticket.decidedAt) expect(ticket.approvals).toHaveLength(ticket.rule.needed);
  expect(new Set(ticket.approvals.map(({ by }) => by.id)).size).toBe(ticket.approvals.length);
});

law('a ticket is its history: the version counts it, and replayed it is the same', ({ events, ticket }) => {
  expect(ticket.version).toBe(events.length);
  expect(replay(events)).toEqual(ticket);
});

law('the same command again, at once, changes nothing', ({ moves }) => {
  for (const { command, events, after } of moves) {
    // A second wrong code and a second note are told apart by their command ids; a tick takes one thing at a time.
    const counts = command.kind === 'vouch' && !command.matches;
    if (events.length === 0 || counts || command.kind === 'tick' || command.kind === 'comment') continue;
    expect({ kind: command.kind, again: decide(after, command).events }).toEqual({ kind: command.kind, again: [] });
  }
});

law('ticks come to rest', ({ ticket, moves }) => {
  let now = ticket;
  const at = plusSeconds(moves.at(-1)?.command.at ?? START, 1);
  for (let n = 0; n < 8; n += 1) {
    const { events } = decide(now, { kind: 'tick', at, by: SERVICE });
    now = events.reduce(evolve, now);
  }
  expect(decide(now, { kind: 'tick', at, by: SERVICE }).events).toEqual([]);
});

law('whatever time does, a due time says when: none is ever overlooked', ({ moves }) => {
  for (const { after, command } of moves) {
    for (const later of [0, 1, 30, 700, 3700, 36_000, 90_000]) {
      const at = plusSeconds(command.at, later);
      const { events } = decide(after, { kind: 'tick', at, by: SERVICE });
      if (events.length > 0) expect(dueTimes(after).some((due) => due <= at)).toBe(true);
    }
  }
});

law('an open ticket always waits for something: a button, a moment, or an effect under way', ({ ticket, moves }) => {
  if (ticket.closedAt) {
    expect(dueTimes(ticket)).toEqual([]);
    return;
  }
  expect(dueTimes(ticket).length).toBeGreaterThan(0);
  // After its own time it goes on only where something is alive that an effect or a later moment ends.
  const at = plusSeconds(moves.at(-1)?.command.at ?? START, 400_000);
  let now = ticket;
  for (let n = 0; n < 8; n += 1) now = decide(now, { kind: 'tick', at, by: SERVICE }).events.reduce(evolve, now);
  const underWay = now.job?.state === 'made' || passMayLive(now);
  if (!underWay) expect(now.closedAt).toBeDefined();
  // And the effects that are under way bring it to an end.
  for (const { number } of now.generations) {
    const settled = { kind: 'pass-settled', generation: number, deleted: true, at, by: SERVICE } as const;
    now = decide(now, settled).events.reduce(evolve, now);
  }
  if (now.job?.state === 'made') {
    const failed = { kind: 'job-failed', job: now.job.id, code: 'x', orphan: true, at, by: SERVICE } as const;
    now = decide(now, failed).events.reduce(evolve, now);
  }
  now = decide(now, { kind: 'tick', at, by: SERVICE }).events.reduce(evolve, now);
  expect(now.closedAt).toBeDefined();
});

law('every effect is about somebody or something that the ticket knows', ({ moves }) => {
  const known = (after: Ticket, effect: Effect): boolean => {
    const people = [after.requester, after.subject, ...(after.hander ? [after.hander] : []), ...after.approvers];
    switch (effect.kind) {
      case 'card':
        return people.some(({ id }) => id === effect.person);
      case 'settle-pass':
      case 'delete-pass':
      case 'watch-passkeys':
        return after.generations.some(({ number }) => number === effect.generation);
      case 'offer-job':
      case 'register-passkey':
        return after.job?.id === effect.job;
      case 'helpdesk-cards':
      case 'watch-sign-in':
        return true;
    }
  };
  for (const { command, events, after } of moves) {
    for (const { effect } of wantedOf(after, events, command)) expect(known(after, effect)).toBe(true);
  }
});

law('no button is offered that would be refused, as far as the ticket itself can tell', ({ moves }) => {
  const viewers: Viewer[] = [BOB, CAROL, HELEN, HUGO, ADA].map(({ id, name }) => ({ id, name, helpdesk: false }));
  for (const { after, command } of moves.slice(-3)) {
    for (const viewer of viewers) {
      const can = viewOf(after, viewer, command.at)?.can ?? [];
      const by = person(viewer);
      const tell = (body: object) => decide(after, { ...body, at: command.at, by } as Command).refusal?.code;
      if (after.expiresAt <= command.at) continue;
      if (can.includes('cancel')) expect(tell({ kind: 'cancel', helpdesk: false })).toBeUndefined();
      if (can.includes('vouch')) expect(tell({ kind: 'vouch', matches: true })).toBeUndefined();
      if (can.includes('choose-pass')) expect(tell({ kind: 'choose', way: 'pass' })).toBeUndefined();
      if (can.includes('start-job')) expect(tell({ kind: 'start-job', job: 'job-3', standing: FINE })).toBeUndefined();
      const shows = { standing: FINE, passkeysBefore: [] };
      for (const kind of ['show', 'prepare-show'] as const)
        if (can.includes(kind)) expect([undefined, 'show-in-progress']).toContain(tell({ kind, ...shows }));
    }
  }
});
