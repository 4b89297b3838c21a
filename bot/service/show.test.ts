import { Fault } from '../../agent/protocol/fault';
import { type MemoryStoreOptions } from './testing/memory-store';
import { refusedBy } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
let id: string;
let onWritten: NonNullable<MemoryStoreOptions['after']> = () => undefined;

beforeEach(async () => {
  onWritten = () => undefined;
  world = await createWorld({
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

test('a pass that nobody used ends by itself, and the ticket expires when its time is over', async () => {
  await prepared();
  await press('show');
  await world.pass(61 * 60);
  expect(world.kinds(id).at(-1)).toBe('pass-ended');
  world.wait(72 * 3600);
  await world.pass(60);
  expect(world.ticket(id).status).toBe('expired');
});
