import { needsHelp } from '../tickets/help';
import { queuePlace } from '../tickets/queue';
import { refusedBy, unclear } from './testing/scripted-entra';
import { acts, keysLeft, LONG_AGO, LOST } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

/** A lost key is taken off the account, and its sessions end, whatever becomes of the ticket in which that was decided. */

let world: World;
beforeEach(async () => {
  world = await createWorld();
  world.addPasskey('ada', 'blue', LONG_AGO);
});
afterEach(() => world.rest());

const DAY = 24 * 3600;
/** Entra refuses these calls until it is told otherwise. */
function refuses(call: 'passkeys.delete' | 'sessions.revoke'): () => void {
  let refusing = true;
  const work = () => {
    if (refusing) throw refusedBy('graph-denied');
  };
  world.entra.script(call, { kind: 'first', work }, 1000);
  return () => {
    refusing = false;
  };
}

const helpdeskSees = () => world.messenger.latest(WHO.helen, 'helpdesk')?.details.view;

async function approved() {
  const { id } = await world.ask('ada', LOST);
  await world.press('bob', id, 'approve', { how: 'video' });
  return id;
}

/** That the helpdesk hears of it, takes it over and has it tried again, until nothing is left to do. */
async function mended(id: string, wellAgain: () => void) {
  expect(world.ticket(id).parked?.step).toBe('remove');
  expect(needsHelp(world.ticket(id))).toBe(true);
  expect(queuePlace(world.ticket(id))?.waitsOn).toBe('helpdesk');
  expect(helpdeskSees()).toMatchObject({ parked: { step: 'remove' }, status: world.ticket(id).status });
  wellAgain();
  expect((await world.view('helen', id)).can).toContain('take-over');
  await world.press('helen', id, 'take-over');
  expect((await world.view('helen', id)).can).toContain('retry');
  expect((await world.press('helen', id, 'retry')).refusal).toBeUndefined();
  await world.rest();
  expect(keysLeft(world)).not.toContain('blue');
  expect(acts(world).slice(-1)).toEqual(['sessions.revoke']);
  expect(world.ticket(id).parked).toBeUndefined();
  expect(queuePlace(world.ticket(id))).toBeUndefined();
  expect(helpdeskSees()?.parked).toBeUndefined();
}

test.each<[string, (id: string) => Promise<unknown>]>([
  ['expired', () => world.pass(3 * DAY)],
  ['cancelled', (id) => world.press('helen', id, 'cancel')],
])('a removal that is refused stays stuck when its ticket is %s, until it works', async (status, end) => {
  const wellAgain = refuses('passkeys.delete');
  const id = await approved();
  await world.pass(3600);
  await end(id);
  await world.rest();
  expect(world.ticket(id).status).toBe(status);
  await mended(id, wellAgain);
});

test('a denial does not bring back a key that its owner has reported', async () => {
  world.addPasskey('ada', 'green', LONG_AGO);
  world.entra.script('passkeys.delete', { kind: 'fails', fault: unclear('graph-unreachable') }, 3);
  const wellAgain = refuses('passkeys.delete');
  const { id } = await world.ask('ada', LOST);
  await world.press('bob', id, 'deny', { text: 'Call me first' });
  await world.pass(3600);
  expect(world.ticket(id).status).toBe('denied');
  await mended(id, wellAgain);
});

test('while it waits for approval the helpdesk can have it tried again, too', async () => {
  world.addPasskey('ada', 'green', LONG_AGO);
  const wellAgain = refuses('passkeys.delete');
  const { id } = await world.ask('ada', LOST);
  await world.rest();
  await world.press('helen', id, 'take-over');
  wellAgain();
  expect((await world.view('helen', id)).can).toContain('retry');
  await world.press('helen', id, 'retry');
  await world.rest();
  expect(keysLeft(world)).toEqual(['green']);
  expect(world.ticket(id)).toMatchObject({ status: 'waiting' });
});

test('sessions that could not be ended outlive the end as well', async () => {
  const wellAgain = refuses('sessions.revoke');
  const id = await approved();
  await world.pass(3 * DAY + 3600);
  expect(world.ticket(id)).toMatchObject({ status: 'expired', parked: { step: 'revoke' } });
  expect(queuePlace(world.ticket(id))?.waitsOn).toBe('helpdesk');
  wellAgain();
  await world.pass(660);
  expect(world.ticket(id).sessionsRevokedAt).toBeDefined();
  expect(queuePlace(world.ticket(id))).toBeUndefined();
});

test('who approved has left: a new request removes the key, and then the old one is stuck no more', async () => {
  const old = await approved();
  world.entra.people.set(WHO.bob, { ...world.entra.people.get(WHO.bob)!, accountEnabled: false });
  await world.pass(1200);
  expect(world.ticket(old).parked?.code).toBe('approver-no-longer-allowed');
  await world.press('helen', old, 'cancel');
  await world.rest();
  expect(keysLeft(world)).toEqual(['blue']);
  world.entra.managers.set(WHO.ada, WHO.carol);
  const { id } = await world.ask('ada', LOST);
  expect((await world.press('carol', id, 'approve', { how: 'video' })).refusal).toBeUndefined();
  await world.pass(1200);
  expect(keysLeft(world)).toEqual([]);
  expect(world.ticket(old)).toMatchObject({ status: 'cancelled', removals: [{ state: 'removed' }] });
  expect(queuePlace(world.ticket(old))).toBeUndefined();
});

test('an approval that may be used for five minutes only removes the key at its end', async () => {
  world = await createWorld({ settings: { KEYVOUCH_RULES: JSON.stringify({ 'lost-key': { useWithin: 5 } }) } });
  world.addPasskey('ada', 'blue', LONG_AGO);
  const id = await approved();
  await world.pass(600);
  expect(world.ticket(id).status).toBe('expired');
  expect(keysLeft(world)).toEqual([]);
  expect(acts(world)).toEqual(['passkeys.delete', 'sessions.revoke']);
});
