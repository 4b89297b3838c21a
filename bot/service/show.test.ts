import { Fault } from '../../agent/protocol/fault';
import { type MemoryStoreOptions } from './testing/memory-store';
import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
let id: string;
let onCommit: NonNullable<MemoryStoreOptions['before']> = () => undefined;
let onWritten: NonNullable<MemoryStoreOptions['after']> = () => undefined;

beforeEach(async () => {
  onCommit = () => undefined;
  onWritten = () => undefined;
  world = await createWorld({
    before: (call, commit) => onCommit(call, commit),
    after: (commit) => onWritten(commit),
  });
  id = await vouched(world, 'choose-pass');
});
afterEach(() => world.rest());

const alive = () => world.entra.passes.get(WHO.ada)?.text;
const generations = () => world.ticket(id).generations.map(({ state }) => state);
const press = (verb: 'show' | 'prepare-show', more: Parameters<World['press']>[3] = {}) =>
  world.press('ada', id, verb, more);
async function prepared() {
  const { refusal } = await press('prepare-show');
  expect(refusal).toBeUndefined();
  return `v${world.ticket(id).version}`;
}
const lost = (code: string) => new Fault({ code, say: 'x', todo: 'x', retry: true });
const isIssue = (commit: Parameters<typeof onCommit>[1]) =>
  commit?.events.some(({ kind }) => kind === 'pass-issued') === true;

test('the pass goes into the one reply, and nowhere else', async () => {
  await prepared();
  const { pass } = await press('show');
  await world.pass(120);
  expect(pass?.text.reveal()).toBe(alive());
  const everything = world.store.dump() + world.logged.join() + JSON.stringify(world.messenger.sent);
  expect(everything).not.toContain('CANARY-PASS');
});

test('without Prepare, and when its minute is over, there is no pass', async () => {
  expect((await press('show')).refusal?.code).toBe('show-not-prepared');
  await prepared();
  world.wait(60);
  expect((await press('show')).refusal?.code).toBe('show-not-prepared');
  expect(alive()).toBeUndefined();
});

test('the same click again makes no second pass, never repeats the first, and says what to press', async () => {
  const nonce = await prepared();
  const first = await press('show', { nonce });
  for (const deps of [world.deps, world.other]) {
    const again = await press('show', { nonce, deps });
    expect(again.pass).toBeUndefined();
    expect(again.refusal?.code).toBe('press-show-again');
    expect(again.details?.view.can).toContain('show');
  }
  expect(alive()).toBe(first.pass?.text.reveal());
  expect(world.entra.calls.filter((call) => call === 'passes.create')).toHaveLength(1);
});

test('the same click at once, on two processes, makes one pass and shows it once', async () => {
  const nonce = await prepared();
  const all = await Promise.all(
    [world.deps, world.other, world.deps, world.other].map((deps) => press('show', { nonce, deps })),
  );
  expect(all.filter(({ pass }) => pass !== undefined)).toHaveLength(1);
  expect(world.entra.calls.filter((call) => call === 'passes.create')).toHaveLength(1);
});

test('three shows, and each new pass ends the one before', async () => {
  await prepared();
  for (const left of [2, 1, 0]) {
    const { pass } = await press('show');
    expect(pass?.showsLeft).toBe(left);
    expect(pass?.text.reveal()).toBe(alive());
  }
  expect((await press('show')).refusal?.code).toBe('shows-used-up');
  expect(world.ticket(id).generations.filter(({ endedAt }) => !endedAt)).toHaveLength(1);
});

test('a making that came to nothing showed nobody anything, and does not count as a show', async () => {
  world.entra.script('passes.create', { kind: 'fails', fault: refusedBy('pass-policy-off') }, 4);
  await prepared();
  for (let time = 0; time < 4; time += 1) expect((await press('show')).refusal?.code).toBe('pass-policy-off');
  const { pass } = await press('show');
  expect(pass?.showsLeft).toBe(2);
});

test('only the subject gets it: not the approver, not the helpdesk, not a stranger', async () => {
  await prepared();
  expect((await world.press('bob', id, 'show')).refusal?.code).toBe('not-yours');
  expect((await world.press('helen', id, 'show')).refusal?.code).toBe('not-yours');
  expect(await world.press('mallory', id, 'show')).toEqual({ refusal: { code: 'ticket-unknown' } });
  expect(generations()).toEqual([]);
});

describe('what changes between the click and the making', () => {
  test.each<[string, () => void, string]>([
    ['the subject is disabled', () => (world.entra.people.get(WHO.ada)!.accountEnabled = false), 'subject-disabled'],
    ['the subject is promoted', () => world.entra.privileged.add(WHO.ada), 'subject-privileged'],
    ['the approver is no longer the manager', () => world.entra.managers.delete(WHO.ada), 'flow-stopped'],
    ['the approver is disabled', () => (world.entra.people.get(WHO.bob)!.accountEnabled = false), 'flow-stopped'],
    ['passes are switched off', () => (world.entra.passPolicy.enabled = false), 'flow-stopped'],
  ])('%s: nothing is made', async (_, change, code) => {
    await prepared();
    onWritten = ({ events }) => {
      if (events[0]?.kind === 'pass-started') change();
    };
    expect((await press('show')).refusal?.code).toBe(code);
    expect(alive()).toBeUndefined();
    expect(generations()).toEqual(['settled']);
  });

  test('an unreadable role refuses', async () => {
    await prepared();
    world.entra.script('privileged', { kind: 'fails', fault: refusedBy('graph-unreachable', true) }, 9);
    expect((await press('show')).refusal?.code).toBe('subject-privilege-unknown');
    expect(alive()).toBeUndefined();
  });

  test('the guards cannot be asked: nothing was made, and that is certain at once', async () => {
    await prepared();
    onWritten = ({ events }) => {
      if (events[0]?.kind !== 'pass-started') return;
      world.entra.script('policies.fido2', { kind: 'fails', fault: lost('graph-unreachable') });
    };
    expect((await press('show')).refusal?.code).toBe('graph-unreachable');
    expect(generations()).toEqual(['settled']);
  });

  test('the guards take so long that the next making may have begun: nothing is made', async () => {
    await prepared();
    onWritten = ({ events }) => {
      if (events[0]?.kind === 'pass-started') world.wait(9);
    };
    expect((await press('show')).refusal?.code).toBe('press-show-again');
    expect(alive()).toBeUndefined();
  });

  test('the ticket is cancelled: the pass is deleted and withheld', async () => {
    await prepared();
    world.entra.script('passes.create', {
      kind: 'first',
      work: async () => {
        const { refusal } = await world.press('helen', id, 'cancel', { deps: world.other });
        expect(refusal).toBeUndefined();
      },
    });
    const shown = await press('show');
    expect(shown).toMatchObject({ refusal: { code: 'pass-withheld' }, details: { view: { status: 'cancelled' } } });
    expect(shown.pass).toBeUndefined();
    expect(alive()).toBeUndefined();
    expect(generations()).toEqual(['settled']);
  });
});

describe('a pass whose record fails', () => {
  test('is deleted and withheld; the next Show works', async () => {
    await prepared();
    onCommit = (call, commit) => {
      if (call === 'commit' && isIssue(commit)) throw lost('storage-unreachable');
    };
    const shown = await press('show');
    expect(shown.refusal?.code).toBe('pass-withheld');
    expect(shown.pass).toBeUndefined();
    expect(alive()).toBeUndefined();
    onCommit = () => undefined;
    expect((await press('show')).pass?.text.reveal()).toBe(alive());
  });

  test('although it was written: deleted, withheld, and the ticket says so', async () => {
    await prepared();
    onWritten = (commit) => {
      if (isIssue(commit)) throw lost('storage-unreachable');
    };
    expect((await press('show')).pass).toBeUndefined();
    expect(alive()).toBeUndefined();
    expect((await world.view('ada', id)).pass.liveUntil).toBeUndefined();
  });

  test('and cannot be deleted at once: the settling does it within two minutes', async () => {
    await prepared();
    onCommit = (call, commit) => {
      if (call === 'commit' && isIssue(commit)) throw lost('storage-unreachable');
    };
    world.entra.script('passes.delete', { kind: 'fails', fault: lost('graph-unreachable') });
    expect((await press('show')).pass).toBeUndefined();
    expect(alive()).toBeDefined();
    await world.pass(60);
    expect(alive()).toBeUndefined();
    expect(generations()).toEqual(['settled']);
  });
});

describe('a lost reply of Entra', () => {
  const loseReply = async () => {
    await prepared();
    world.entra.script('passes.create', { kind: 'lost', fault: unclear() });
    expect(await press('show')).toMatchObject({ refusal: { code: 'graph-timeout' } });
    expect(generations()).toEqual(['started']);
    return alive();
  };

  test.each([0, 40_000])('and a list that lags %d ms: the stray pass is deleted within two minutes', async (lagMs) => {
    world.entra.lagMs = lagMs;
    expect(await loseReply()).toBeDefined();
    await world.pass(120);
    expect(alive()).toBeUndefined();
    expect(world.store.events(id).at(-1)).toMatchObject({ kind: 'pass-settled', deleted: true });
  });

  test('of a making that made nothing: settled all the same', async () => {
    await prepared();
    world.entra.script('passes.create', { kind: 'fails', fault: unclear() });
    await press('show');
    await world.pass(130);
    expect(world.store.events(id).at(-1)).toMatchObject({ kind: 'pass-settled', deleted: false });
  });

  test('locks nobody out: after 15 seconds Show makes a new pass, whose POST replaces the lost one', async () => {
    const stray = await loseReply();
    world.wait(14);
    expect((await press('show')).refusal?.code).toBe('show-in-progress');
    world.wait(1);
    const { pass } = await press('show');
    expect(pass?.text.reveal()).not.toBe(stray);
    expect(pass?.text.reveal()).toBe(alive());
    // The settling of the first one must leave the recorded pass of the second alone.
    await world.pass(240);
    expect(alive()).toBe(pass?.text.reveal());
    expect(generations()).toEqual(['settled', 'issued']);
  });

  test('twice: the settling of the first touches nothing while the second is under way', async () => {
    await loseReply();
    world.wait(20);
    await prepared();
    world.entra.script('passes.create', {
      kind: 'lost',
      fault: unclear(),
    });
    world.entra.script('passes.list', { kind: 'first', work: () => undefined });
    await press('show');
    const second = alive();
    await world.pass(20);
    expect(generations()).toEqual(['started', 'started']);
    expect(alive()).toBe(second);
    await world.pass(200);
    expect(alive()).toBeUndefined();
    expect(generations()).toEqual(['settled', 'settled']);
  });

  test('the settling reads the ticket after the list, so that a pass just recorded is never taken for a stray', async () => {
    await loseReply();
    world.wait(16);
    await prepared();
    let shown: string | undefined;
    world.entra.script('passes.list', {
      kind: 'first',
      work: async () => {
        const { pass } = await press('show', { deps: world.other });
        shown = pass?.text.reveal();
      },
    });
    await world.pass(60);
    expect(shown).toBeDefined();
    expect(alive()).toBe(shown);
  });

  test('an older pass that was shown stays known, and is deleted when the ticket ends', async () => {
    await prepared();
    const first = await press('show');
    world.entra.script('passes.create', { kind: 'fails', fault: unclear() });
    await press('show');
    await world.pass(130);
    expect(alive()).toBe(first.pass?.text.reveal());
    expect((await world.view('ada', id)).pass.liveUntil).toBe(first.pass?.validUntil);
    await world.press('helen', id, 'cancel');
    await world.rest();
    expect(alive()).toBeUndefined();
  });
});

describe('the new passkey', () => {
  test('is seen, everybody told, the pass deleted, the ticket done', async () => {
    await prepared();
    await press('show');
    world.wait(30);
    world.addPasskey('ada', 'new');
    await world.pass(60);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: 'new' } });
    expect(alive()).toBeUndefined();
    for (const [name, slot] of [
      ['ada', 'progress'],
      ['bob', 'approval'],
    ] as const) {
      expect(world.messenger.latest(WHO[name], slot)?.details.view.status).toBe('done');
    }
  });

  test('that was there before is not new', async () => {
    world.addPasskey('ada', 'old');
    world.wait(600);
    await prepared();
    await press('show');
    await world.pass(300);
    expect(world.ticket(id).passkey).toBeUndefined();
  });

  test('that the list shows late is found, also after the pass has ended', async () => {
    await prepared();
    await press('show');
    world.wait(59 * 60);
    world.entra.lagMs = 240_000;
    world.addPasskey('ada', 'late');
    await world.pass(600);
    expect(world.ticket(id).status).toBe('done');
  });

  test('made with a first pass is found although a second was shown before the list showed it', async () => {
    await prepared();
    await press('show');
    world.wait(20);
    world.addPasskey('ada', 'quick');
    await press('show');
    await world.pass(120);
    expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: 'quick' } });
    expect(alive()).toBeUndefined();
  });

  test('that appears while another making has lost its reply: done once that is settled, no pass left', async () => {
    await prepared();
    await press('show');
    world.entra.script('passes.create', { kind: 'lost', fault: unclear() });
    await press('show');
    world.addPasskey('ada', 'new');
    await world.pass(240);
    expect(world.ticket(id).status).toBe('done');
    expect(alive()).toBeUndefined();
  });

  test('the first sign-in with it is a line on the card, found in the log', async () => {
    await prepared();
    await press('show');
    world.addPasskey('ada', 'new');
    await world.pass(60);
    const step = { method: 'Passkey', kind: 'passkey', succeeded: true } as const;
    world.entra.signIns.push({ id: 's', at: world.deps.now(), succeeded: true, errorCode: 0, steps: [step] });
    await world.pass(300);
    expect(world.ticket(id).firstSignInAt).toBeDefined();
    expect(world.store.waitingItems(id)).toEqual([]);
  });

  test('a tenant without a sign-in log is not asked for ever', async () => {
    await prepared();
    await press('show');
    world.addPasskey('ada', 'new');
    world.entra.script('signIns.recent', { kind: 'fails', fault: refusedBy('graph-not-licensed') });
    await world.pass(120);
    expect(world.store.waitingItems(id)).toEqual([]);
  });
});

test('a pass that nobody used ends by itself, and the ticket expires when its time is over', async () => {
  await prepared();
  await press('show');
  await world.pass(61 * 60);
  expect(world.kinds(id).at(-1)).toBe('pass-ended');
  world.wait(72 * 3600);
  await world.pass(60);
  expect(world.ticket(id).status).toBe('expired');
});
