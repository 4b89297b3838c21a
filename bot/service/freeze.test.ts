import { runEffect } from '../effects';
import { type Effect } from '../tickets/effects';
import { type Ticket } from '../tickets/ticket';
import { notMeOf, sayNotMe } from './not-me';
import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

const MAIL = { KEYVOUCH_MAILBOX: 'keyvouch@contoso.example' };
const BLOCK = { KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: 'on' };
const PASS = { flow: 'pass', reason: 'My phone is broken' } as const;
const LOST = { flow: 'lost-key', reason: 'It fell into the river', passkeys: ['blue'] } as const;
const LONG_AGO = new Date('2026-01-01T00:00:00Z');

let world: World;
async function start(settings: Readonly<Record<string, string>> = MAIL): Promise<void> {
  world = await createWorld({ settings });
}
beforeEach(() => start());
afterEach(() => world.rest());

const keysLeft = () => (world.entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);
const alive = () => world.entra.passes.has(WHO.ada);
const acts = () =>
  world.entra.calls.filter((call) =>
    /^(passes\.delete|passkeys\.delete|sessions\.revoke|accounts\.setEnabled)$/.test(call),
  );
const tokenIn = (html: string | undefined) => /\/api\/not-me\/([^"]+)"/.exec(html ?? '')?.[1] ?? 'none';
const token = (nth = -1) => tokenIn(world.entra.mails.at(nth)?.html);

/** Brings a lost-key ticket to its shown pass. The thief has Ada's chat. */
async function shown(): Promise<string> {
  world.addPasskey('ada', 'blue', LONG_AGO);
  const id = await vouched(world, 'choose-pass', LOST);
  await world.press('ada', id, 'prepare-show');
  const { pass } = await world.press('ada', id, 'show');
  if (!pass) throw new Error('no pass');
  await world.rest();
  return id;
}

/** The thief has finished: a key of theirs is there, the owner's is gone. */
async function finished(): Promise<string> {
  const id = await shown();
  world.addPasskey('ada', 'thief');
  await world.pass(120);
  expect(world.ticket(id).status).toBe('done');
  return id;
}

describe('who is told by mail', () => {
  const told = async (request: Parameters<World['ask']>[1] = PASS, by: Parameters<World['ask']>[0] = 'ada') => {
    const { id } = await world.ask(by, request);
    await world.rest();
    return world.ticket(id).told?.person.id;
  };

  test('the manager', async () => {
    expect(await told()).toBe(WHO.bob);
    expect(world.entra.mails).toMatchObject([{ mailbox: MAIL.KEYVOUCH_MAILBOX, to: 'bob@contoso.example' }]);
  });

  test('the subject, at another address than the account’s own', async () => {
    world.entra.people.get(WHO.ada)!.otherMails = ['ADA@contoso.example', 'ada@home.example'];
    expect(await told()).toBe(WHO.ada);
    expect(world.entra.mails.map(({ to }) => to)).toEqual(['ada@home.example']);
  });

  test('never the one who asks: it falls to the manager’s manager', async () => {
    expect(await told({ ...PASS, subject: WHO.ada }, 'bob')).toBe(WHO.carol);
  });

  test('nor the subject’s own second account', async () => {
    world.entra.people.get(WHO.bob)!.employeeId = 'E-ada';
    expect(await told()).toBe(WHO.carol);
  });

  test('nobody: the approver reads it before deciding', async () => {
    world.entra.managers.delete(WHO.bob);
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
    const { id } = await world.ask('ada', PASS);
    expect(world.ticket(id).told).toBeUndefined();
    expect(world.ticket(id).risks.map(({ code }) => code)).toContain('mail-nobody');
  });

  test.each<[string, Readonly<Record<string, string>>, Parameters<World['ask']>[1]]>([
    ['without a mailbox', {}, PASS],
    ['of a first key that one asks for oneself', MAIL, {}],
  ])('nobody %s', async (_, settings, request) => {
    await start(settings);
    expect(await told(request)).toBeUndefined();
    expect(world.entra.mails).toEqual([]);
  });
});

describe('the mail', () => {
  test('goes out when it is asked and when it is decided, each once, in the reader’s language', async () => {
    world.entra.people.get(WHO.bob)!.preferredLanguage = 'de-DE';
    const { id } = await world.ask('ada', PASS);
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(120);
    expect(world.entra.mails.map(({ html }) => /Noch hat niemand|Zugestimmt am/.exec(html)?.[0])).toEqual([
      'Noch hat niemand',
      'Zugestimmt am',
    ]);
    expect(world.kinds(id).filter((kind) => kind === 'mail-sent')).toHaveLength(2);
  });

  test('holds no code, and nothing that anybody typed', async () => {
    const { id } = await world.ask('ada', { ...PASS, reason: 'call +49 666 <b>at once</b>' });
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(60);
    const all = JSON.stringify(world.entra.mails);
    expect(all).not.toContain(vouchCode!.reveal());
    expect(all).not.toContain('666');
  });

  test('whose reply is lost is sent again: twice is better than never', async () => {
    world.entra.script('mail.send', { kind: 'lost', fault: unclear() });
    const { id } = await world.ask('ada', PASS);
    await world.pass(120);
    expect(world.entra.mails).toHaveLength(2);
    expect(world.kinds(id).filter((kind) => kind === 'mail-sent')).toHaveLength(1);
    expect(world.store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers')).toEqual([]);
  });

  test('that cannot be sent is known to the helpdesk, and is not tried for ever', async () => {
    world.entra.script('mail.send', { kind: 'fails', fault: refusedBy('mailbox-denied') });
    const { id } = await world.ask('ada', PASS);
    await world.pass(60);
    expect(world.ticket(id).told?.mails).toMatchObject([{ about: 'opened', failed: 'mailbox-denied' }]);
    expect(world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.told).toMatchObject({ failed: true });
    expect(world.store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers')).toEqual([]);
  });

  test('to an address that is gone is one that cannot be sent', async () => {
    world.entra.script('mail.send', { kind: 'fails', fault: unclear() });
    const { id } = await world.ask('ada', PASS);
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
    await world.pass(120);
    expect(world.ticket(id).told?.mails).toMatchObject([{ failed: 'mail-no-address' }]);
  });
});

describe('the link of the mail', () => {
  test('opened, does nothing, however often', async () => {
    const id = await shown();
    const before = world.ticket(id).version;
    const shownPage = await notMeOf(world.deps, token());
    await notMeOf(world.deps, token());
    expect(shownPage).toMatchObject({ state: 'ask', ticket: { id } });
    await world.rest();
    expect(world.ticket(id).version).toBe(before);
    expect(alive()).toBe(true);
  });

  test('said, it freezes in the name of its addressee; said again, on another process too, it is said once', async () => {
    const id = await shown();
    const said = await Promise.all([sayNotMe(world.deps, token()), sayNotMe(world.other, token(0))]);
    expect(said.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    await world.pass(60);
    expect((await sayNotMe(world.deps, token())).state).toBe('stopped');
    expect(world.kinds(id).filter((kind) => kind === 'frozen')).toHaveLength(1);
    expect(world.ticket(id)).toMatchObject({ status: 'frozen', freeze: { by: { id: WHO.bob }, via: 'mail' } });
    expect(alive()).toBe(false);
  });

  test.each<[string, (real: string) => string]>([
    ['nothing', () => ''],
    ['another letter', (real) => `${real.slice(0, -1)}${real.endsWith('A') ? 'B' : 'A'}`],
    ['the last bits changed', (real) => real.slice(0, -1) + String.fromCharCode(real.charCodeAt(real.length - 1) + 1)],
    ['a later end', (real) => `${real.slice(0, 26)}zzzzzzz${real.slice(33)}`],
    ['another ticket', (real) => `01JNGZ0000000000000000K7Q2${real.slice(26)}`],
    ['more behind it', (real) => `${real}A`],
    ['no token at all', () => '../../messages'],
  ])('with %s is refused', async (_, change) => {
    const id = await shown();
    await expect(sayNotMe(world.deps, change(token()))).rejects.toMatchObject({ code: 'link-odd' });
    expect(world.ticket(id).status).toBe('approved');
  });

  test('of one ticket does not hold for another, nor for another addressee', async () => {
    const id = await shown();
    const real = token();
    const { id: other } = await world.ask('ada', PASS);
    await expect(sayNotMe(world.deps, other + real.slice(26))).rejects.toMatchObject({ code: 'link-odd' });
    world.store.tamper(id, (ticket) => ({
      ...ticket,
      told: { ...ticket.told!, person: { id: WHO.mallory, name: 'M' } },
    }));
    await expect(sayNotMe(world.deps, real)).rejects.toMatchObject({ code: 'link-odd' });
  });

  test('ends seven days after the ticket', async () => {
    await shown();
    const real = token();
    world.wait(10 * 86_400 - 600);
    expect((await notMeOf(world.deps, real)).state).toBe('ask');
    world.wait(1200);
    await expect(notMeOf(world.deps, real)).rejects.toMatchObject({ code: 'link-over' });
  });

  test('of a ticket that ended without giving anything says so', async () => {
    const { id } = await world.ask('ada', PASS);
    await world.press('bob', id, 'deny', { text: 'That was not Ada' });
    await world.pass(30);
    expect(await sayNotMe(world.deps, token())).toMatchObject({
      state: 'over',
      refusal: { code: 'nothing-to-freeze' },
    });
    expect(world.ticket(id).status).toBe('denied');
  });
});

describe('a freeze', () => {
  test('of a pass that is out: the pass is dead, then the sessions, and the helpdesk is called', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.rest();
    expect(alive()).toBe(false);
    expect(acts().at(-1)).toBe('sessions.revoke');
    expect(acts().slice(acts().lastIndexOf('passes.delete'))).toContain('sessions.revoke');
    for (const name of ['helen', 'hugo'] as const)
      expect(world.messenger.latest(WHO[name], 'helpdesk')).toMatchObject({ details: { view: { status: 'frozen' } } });
    expect(world.messenger.latest(WHO.ada, 'progress')?.details.view.freeze).toMatchObject({ passGone: true });
    expect((await world.press('ada', id, 'prepare-show')).refusal?.code).toBe('frozen');
  });

  test('of a finished ticket, days later: exactly the key that it brought goes, then the sessions', async () => {
    const id = await finished();
    await world.pass(2 * 86_400);
    world.addPasskey('ada', 'own', world.deps.now());
    await world.press('ada', id, 'not-me');
    await world.pass(60);
    expect(keysLeft()).toEqual(['own']);
    expect(acts().slice(-2)).toEqual(['passkeys.delete', 'sessions.revoke']);
    expect(world.ticket(id).freeze).toMatchObject({ takenBack: ['thief'], before: 'done' });
  });

  test('a key that the thief adds later, with a session that was open, goes too, and so do the sessions again', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.pass(600);
    const revoked = acts().filter((call) => call === 'sessions.revoke').length;
    world.addPasskey('ada', 'late');
    await world.pass(180);
    expect(keysLeft()).toEqual([]);
    expect(acts().filter((call) => call === 'sessions.revoke')).toHaveLength(revoked + 1);
    expect(world.ticket(id).freeze).toMatchObject({
      takenBack: ['late'],
      sessionsRevokedAt: expect.any(String) as string,
    });
  });

  test('what Entra lists late is found late', async () => {
    const id = await shown();
    world.entra.lagMs = 300_000;
    world.addPasskey('ada', 'thief');
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    expect(keysLeft()).toEqual(['thief']);
    await world.pass(400);
    expect(keysLeft()).toEqual([]);
  });

  test('keys that were there before stay, also one that was to go', async () => {
    world.addPasskey('ada', 'blue', LONG_AGO);
    const { id } = await world.ask('ada', LOST);
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.press('ada', id, 'not-me');
    await world.pass(1200);
    expect(keysLeft()).toEqual(['blue']);
  });

  test('looks for a while and then rests', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.pass(3 * 3600);
    expect(world.store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers')).toEqual([]);
    expect(world.ticket(id).status).toBe('frozen');
  });

  test.each(['passes.delete', 'passkeys.list', 'sessions.revoke', 'passkeys.delete'])(
    'holds when Entra fails, or its reply is lost, at %s',
    async (call) => {
      const id = await shown();
      world.addPasskey('ada', 'thief');
      world.entra.script(call, { kind: 'lost', fault: unclear() });
      world.entra.script(call, { kind: 'fails', fault: unclear() }, 2);
      await world.press('ada', id, 'not-me');
      await world.pass(300);
      expect({ keys: keysLeft(), alive: alive() }).toEqual({ keys: [], alive: false });
      expect(world.ticket(id).freeze?.sessionsRevokedAt).toBeDefined();
      expect(acts().at(-1)).toBe('sessions.revoke');
    },
  );

  test('where Entra refuses for good the ticket says so, and nobody can thaw it', async () => {
    const id = await shown();
    world.entra.script('passkeys.list', { kind: 'fails', fault: refusedBy('graph-denied') }, 50);
    await world.press('ada', id, 'not-me');
    await world.pass(60);
    expect(world.ticket(id).parked).toMatchObject({ step: 'remove', code: 'graph-denied' });
    expect((await world.press('helen', id, 'thaw')).refusal?.code).toBe('freeze-under-way');
  });

  test('an approver or a colleague cannot: to others it is as if there were no such ticket', async () => {
    const id = await shown();
    expect((await world.press('mallory', id, 'not-me')).refusal?.code).toBe('ticket-unknown');
    expect((await world.press('helen', id, 'not-me')).refusal?.code).toBe('not-yours');
  });
});

describe('where the tenant blocks signing in', () => {
  beforeEach(() => start({ ...MAIL, ...BLOCK }));
  const enabled = () => world.entra.people.get(WHO.ada)!.accountEnabled;

  test('it is blocked first, until two have thawed it', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.rest();
    expect(enabled()).toBe(false);
    expect(acts().indexOf('accounts.setEnabled')).toBeLessThan(acts().lastIndexOf('passes.delete'));
    await world.press('helen', id, 'thaw');
    expect(enabled()).toBe(false);
    await world.press('hugo', id, 'thaw');
    await world.rest();
    expect(enabled()).toBe(true);
    expect(world.ticket(id)).toMatchObject({ status: 'cancelled', closedAt: expect.any(String) as string });
  });

  test('an account that was switched off before stays off', async () => {
    const id = await finished();
    world.entra.people.get(WHO.ada)!.accountEnabled = false;
    await sayNotMe(world.deps, token());
    await world.rest();
    await world.press('helen', id, 'thaw');
    await world.press('hugo', id, 'thaw');
    await world.rest();
    expect(enabled()).toBe(false);
    expect(world.ticket(id).status).toBe('cancelled');
  });

  test('a directory that cannot be read holds the freeze up no longer than its own work', async () => {
    await shown();
    world.entra.script('people.find', { kind: 'fails', fault: unclear() }, 2);
    expect((await sayNotMe(world.deps, token())).state).toBe('stopped');
    await world.pass(60);
    expect(enabled()).toBe(false);
  });

  test.each<[string, 'lost' | 'fails']>([
    ['the reply is lost', 'lost'],
    ['Entra fails', 'fails'],
  ])('%s: it is blocked, and unblocked, all the same', async (_, kind) => {
    const id = await shown();
    world.entra.script('accounts.setEnabled', { kind, fault: unclear() }, 2);
    await world.press('ada', id, 'not-me');
    await world.pass(120);
    expect(enabled()).toBe(false);
    world.entra.script('accounts.setEnabled', { kind, fault: unclear() }, 2);
    await world.press('helen', id, 'thaw');
    await world.press('hugo', id, 'thaw');
    await world.pass(120);
    expect(enabled()).toBe(true);
    expect(world.ticket(id).status).toBe('cancelled');
  });
});

describe('thawing', () => {
  test('two of the helpdesk, none of whom approved; then a new request can be made', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    expect((await world.ask('ada', { ...LOST, passkeys: 'all' })).outcome.refusal?.code).toBe('no-passkeys');
    expect((await world.press('bob', id, 'thaw')).refusal?.code).toBe('helpdesk-only');
    await world.press('helen', id, 'thaw');
    expect((await world.press('helen', id, 'thaw')).refusal?.code).toBe('thaw-needs-second');
    expect((await world.view('hugo', id)).can).toContain('thaw');
    await world.press('hugo', id, 'thaw');
    expect(world.ticket(id)).toMatchObject({ status: 'cancelled', cancellation: { by: { id: WHO.hugo } } });
    expect((await notMeOf(world.deps, token())).state).toBe('over');
    expect((await world.ask('ada', PASS)).outcome.refusal).toBeUndefined();
  });

  test('while it is frozen nothing else is asked for the same person', async () => {
    const { id } = await world.ask('ada', PASS);
    await world.press('ada', id, 'not-me');
    await world.rest();
    expect((await world.ask('ada', PASS)).outcome.refusal?.code).toBe('duplicate-open');
    expect((await world.ask('ada')).outcome.refusal?.code).toBe('duplicate-open');
  });

  test('a second account of the first person is no second person', async () => {
    const id = await shown();
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    await world.press('helen', id, 'thaw');
    world.entra.people.get(WHO.hugo)!.employeeId = 'E-helen';
    expect((await world.press('hugo', id, 'thaw')).refusal?.code).toBe('thaw-not-you');
  });
});

describe('whoever writes the tables', () => {
  const run = (id: string, effect: Effect) => {
    const item = { id: 'x', effect, notBefore: world.now(), attempts: 0 };
    return runEffect(world.deps, world.ticket(id), item);
  };
  const EFFECTS: Effect[] = [{ kind: 'take-back-passkeys' }, { kind: 'revoke-sessions' }, { kind: 'block-sign-in' }];

  test.each<[string, (ticket: Ticket) => Ticket]>([
    ['no signature', (t) => ({ ...t, freeze: { ...t.freeze!, proof: 'e30.e30.e30' } })],
    ['another subject', (t) => ({ ...t, subject: { id: WHO.mallory, name: 'Mallory' } })],
    ['another key', (t) => ({ ...t, passkey: { methodId: 'own', name: 'x' } })],
    ['nothing known from before', (t) => ({ ...t, passkeysBefore: [] })],
    ['a block that was not wanted', (t) => ({ ...t, freeze: { ...t.freeze!, blocks: true } })],
  ])('(%s) takes no key off an account, and blocks none', async (_, change) => {
    const id = await finished();
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    const before = acts().length;
    world.store.tamper(id, (ticket) => {
      const { blockedAt: _blocked, ...freeze } = change(ticket).freeze!;
      return { ...change(ticket), freeze: { ...freeze, blocks: true } };
    });
    for (const effect of EFFECTS) await expect(run(id, effect)).rejects.toMatchObject({ code: 'signature-bad' });
    expect(acts()).toHaveLength(before);
  });

  test('switches no account on: neither without a freeze nor without a thaw of two', async () => {
    await start({ ...MAIL, ...BLOCK });
    const id = await finished();
    await world.press('ada', id, 'not-me');
    await world.pass(30);
    world.store.tamper(id, (ticket) => ({
      ...ticket,
      freeze: {
        ...ticket.freeze!,
        thawSaid: { by: { id: WHO.mallory, name: 'M' }, at: world.now() },
        thawed: { by: { id: WHO.helen, name: 'H' }, at: world.now(), proof: 'e30.e30.e30' },
      },
    }));
    await expect(run(id, { kind: 'unblock-sign-in' })).rejects.toMatchObject({ code: 'signature-bad' });
    expect(world.entra.people.get(WHO.ada)?.accountEnabled).toBe(false);
  });
});
