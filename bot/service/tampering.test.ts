import { type Ticket } from '../tickets/ticket';
import { type TicketVerb } from '../tickets/verbs';
import { jobsFor } from './jobs';
import { createWorld, vouched, WHO, type World } from './testing/world';

/**
 * Whoever can write the tables cannot cause an effect. The storage's own seals are not there in these tests: this is the
 * second wall, the signature over the decision.
 */
let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const nothingDone = () => {
  expect(world.entra.calls).not.toContain('passes.create');
  expect(world.entra.calls).not.toContain('passkeys.create');
};

const MALLORY = { id: WHO.mallory, name: 'Mallory' };

describe('a decision that was changed in storage', () => {
  test.each<[string, (ticket: Ticket) => Ticket]>([
    ['another subject', (t) => ({ ...t, subject: MALLORY })],
    ['another requester', (t) => ({ ...t, requester: MALLORY })],
    ['a hander put in', (t) => ({ ...t, hander: MALLORY })],
    [
      'an approval added',
      (t) => ({ ...t, approvals: [...t.approvals, { by: MALLORY, at: t.openedAt, how: 'video' }] }),
    ],
    ['the approver swapped', (t) => ({ ...t, approvals: t.approvals.map((one) => ({ ...one, by: MALLORY })) })],
    ['no vouch code wanted', (t) => ({ ...t, rule: { ...t.rule, vouch: false } })],
    ['fewer approvals needed', (t) => ({ ...t, rule: { ...t.rule, needed: 0 } })],
    ['a longer life', (t) => ({ ...t, expiresAt: '2027-01-01T00:00:00.000Z' })],
    ['another flow', (t) => ({ ...t, flow: 'pass' })],
    ['another ticket’s signature', (t) => ({ ...t, decision: 'e30.e30.e30' })],
    ['none at all', ({ decision: _decision, ...t }) => t],
  ])('(%s): no pass is prepared or made', async (_, change) => {
    const id = await vouched(world, 'choose-pass');
    world.store.tamper(id, change);
    const who = world.ticket(id).hander ? 'mallory' : world.ticket(id).subject.id === WHO.mallory ? 'mallory' : 'ada';
    for (const verb of ['prepare-show', 'show'] as const)
      await expect(world.press(who, id, verb)).rejects.toMatchObject({ code: 'signature-bad' });
    nothingDone();
  });

  test('after Prepare: no pass is made', async () => {
    const id = await vouched(world, 'choose-pass');
    await world.press('ada', id, 'prepare-show');
    world.store.tamper(id, (t) => ({ ...t, subject: MALLORY, hander: { id: WHO.ada, name: 'Ada' } }));
    await expect(world.press('ada', id, 'show')).rejects.toMatchObject({ code: 'signature-bad' });
    nothingDone();
  });

  test('a decision of one ticket does not hold for another', async () => {
    const first = await vouched(world, 'choose-pass');
    const { decision } = world.ticket(first);
    await world.press('ada', first, 'cancel');
    const { id } = await world.ask('ada');
    world.store.tamper(id, (t) => ({ ...world.ticket(first), id: t.id, status: 'approved', decision: decision! }));
    await expect(world.press('ada', id, 'prepare-show')).rejects.toMatchObject({ code: 'signature-bad' });
  });

  test('a waiting ticket set to approved by hand makes nothing', async () => {
    const { id } = await world.ask('ada');
    world.store.tamper(id, (t) => ({
      ...t,
      ...{ status: 'approved', way: 'pass', vouchedAt: t.openedAt, decidedAt: t.openedAt },
      approvals: [{ by: { id: WHO.bob, name: 'Bob' }, at: t.openedAt, how: 'video' }],
      done: { approve: t.openedAt, choose: t.openedAt, vouch: t.openedAt },
    }));
    await expect(world.press('ada', id, 'prepare-show')).rejects.toMatchObject({ code: 'signature-bad' });
    nothingDone();
  });

  test.each<[string, (ticket: Ticket) => Ticket]>([
    ['another subject', (t) => ({ ...t, subject: MALLORY })],
    [
      'a workstation that the decision does not name',
      (t) => ({ ...t, workstation: { id: 'ws-mallory', name: 'x', kind: 'own' } }),
    ],
  ])('(%s): no job is given out, and the helpdesk is told', async (_, change) => {
    await world.addWorkstation('ada');
    const theirs = await world.addWorkstation('mallory');
    const id = await vouched(world, 'choose-workstation');
    world.store.tamper(id, (t) => ({
      ...change(t),
      job: { ...OFFERED, workstation: { id: theirs.id, name: 'x', kind: 'own' } },
    }));
    // The offer is in the outbox already, or put there by hand as well.
    const { offer } = await import('../effects/offer-job');
    const item = { id: 'x', effect: { kind: 'offer-job', job: 'job-1' } as const, notBefore: world.now(), attempts: 0 };
    await expect(offer(world.deps, world.ticket(id), item.effect, item)).rejects.toMatchObject({
      code: 'signature-bad',
    });
    expect((await jobsFor(world.deps, theirs)).jobs).toEqual([]);
  });
});

const OFFERED = {
  id: 'job-1',
  offeredAt: '2026-03-02T08:00:00.000Z',
  validUntil: '2026-03-02T09:00:00.000Z',
  state: 'offered' as const,
};

describe('a card forged by a stranger', () => {
  const VERBS: TicketVerb[] = [
    'open-ticket',
    'approve',
    'deny',
    'show-vouch-code',
    'cancel',
    'choose-workstation',
    'choose-pass',
    'vouch',
    'start-job',
    'prepare-show',
    'show',
    'signed-in',
    'take-over',
    'retry',
    'comment',
    'refresh',
  ];

  test.each(VERBS)('(%s) reads as if there were no such ticket, and asks nothing of Entra about it', async (verb) => {
    const id = await vouched(world, 'choose-pass');
    const before = world.ticket(id).version;
    const unknown = await world.press('mallory', id, verb, { how: 'video', text: 'a good reason', code: '123456' });
    expect(unknown).toEqual({ refusal: { code: 'ticket-unknown' } });
    const { act } = await import('./act');
    const { memberOf } = await import('./member');
    const none = await act(world.deps, await memberOf(world.deps, WHO.mallory), {
      ...{ ticket: '01JNGZ0000000000000000ZZZZ', verb, nonce: 'v1' },
    });
    expect(none).toEqual(unknown);
    expect(world.ticket(id).version).toBe(before);
  });

  test('a click on a ticket that is not decided yet is no alarm about signatures', async () => {
    const { id } = await world.ask('ada');
    for (const verb of ['start-job', 'prepare-show', 'show'] as const) {
      expect((await world.press('ada', id, verb)).refusal?.code).toBe('not-approved');
      expect((await world.press('bob', id, verb)).refusal?.code).toBe('not-yours');
    }
  });
});

describe('the outcome never depends on which card was pressed', () => {
  test.each<[TicketVerb, string]>([
    ['approve', 'is-subject'],
    ['deny', 'is-subject'],
    ['take-over', 'helpdesk-only'],
    ['retry', 'helpdesk-only'],
    ['comment', 'helpdesk-only'],
  ])('the subject who forges %s is refused', async (verb, code) => {
    const { id } = await world.ask('ada');
    expect((await world.press('ada', id, verb, { how: 'video', text: 'because I say so' })).refusal?.code).toBe(code);
  });
});
