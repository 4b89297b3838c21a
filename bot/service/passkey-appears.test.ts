import { refusedBy, unclear } from './testing/scripted-entra';
import { createWorld, vouched, WHO, type World } from './testing/world';

let world: World;
let id: string;

beforeEach(async () => {
  world = await createWorld();
  id = await vouched(world, 'choose-pass');
});
afterEach(() => world.rest());

const alive = () => world.entra.passes.get(WHO.ada)?.text;
const press = (verb: 'show' | 'prepare-show', more: Parameters<World['press']>[3] = {}) =>
  world.press('ada', id, verb, more);
async function prepared() {
  const { refusal } = await press('prepare-show');
  expect(refusal).toBeUndefined();
  return `v${world.ticket(id).version}`;
}

/** Shows a pass so late that it outlives the approval by half an hour. */
async function shownLate() {
  world.wait((Date.parse(world.ticket(id).expiresAt) - Date.parse(world.now())) / 1000 - 1800);
  await prepared();
  await press('show');
}

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

  test.each([
    ['just before', -20],
    ['just after', 20],
  ])(
    'that is made %s the pass ended, when the time of the approval was over: it is found all the same',
    async (_, s) => {
      await shownLate();
      world.entra.lagMs = 240_000;
      await world.pass(3600 + s);
      world.addPasskey('ada', 'late');
      await world.pass(560);
      expect(world.ticket(id)).toMatchObject({ status: 'done', passkey: { methodId: 'late' } });
    },
  );

  test('is not waited for for ever: the approval was not used, and its card offers no further pass', async () => {
    await shownLate();
    await world.pass(3700);
    expect(world.ticket(id).status).toBe('approved');
    const { can, pass } = await world.view('ada', id);
    expect(can).not.toContain('prepare-show');
    expect(pass).toEqual({ showsLeft: 0 });
    await world.pass(600);
    expect(world.ticket(id).status).toBe('expired');
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
    expect(world.store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers')).toEqual([]);
  });

  test('a tenant without a sign-in log is not asked for ever', async () => {
    await prepared();
    await press('show');
    world.addPasskey('ada', 'new');
    world.entra.script('signIns.recent', { kind: 'fails', fault: refusedBy('graph-not-licensed') });
    await world.pass(120);
    expect(world.store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers')).toEqual([]);
  });
});
