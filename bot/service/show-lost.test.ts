import { Fault } from '../../agent/protocol/fault';
import { type MemoryStoreOptions } from './testing/memory-store';
import { unclear } from './testing/scripted-entra';
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
