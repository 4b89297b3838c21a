import { makeMaker, type Maker, softwareKey } from '../../infra/local/entra/software-authenticator.fixture';
import { jobsFor, jobState, takeResult } from './jobs';
import { type AtWorkstation, atWorkstation, type RegisterKey } from './testing/at-workstation';
import { createWorld, WHO, type World } from './testing/world';

/** A freeze comes while a key is being registered at a workstation: whatever Entra has taken goes again. */
const LONG_AGO = new Date('2026-01-01T00:00:00Z');
let maker: Maker;
let world: World;
let at: AtWorkstation;

beforeAll(async () => {
  maker = await makeMaker();
});
beforeEach(async () => {
  world = await createWorld();
  world.addPasskey('ada', 'blue', LONG_AGO);
  world.addPasskey('ada', 'red', LONG_AGO);
  const lost = { flow: 'lost-key', reason: 'Left on the train', passkeys: ['blue'] } as const;
  at = await atWorkstation(world, key, lost);
});
afterEach(() => world.rest());

const key: RegisterKey = (clientDataJSON) =>
  softwareKey(maker, { attestation: 'none' }).register({ clientDataJSON, user: { id: Buffer.from('u') } } as never);
const keysLeft = () => (world.entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);
const notMe = async () => {
  await world.press('ada', at.id, 'not-me');
};

test('an offered job is off, and nobody is asked for it', async () => {
  const { jobId } = await at.offered();
  await notMe();
  await world.rest();
  expect((await jobsFor(world.deps, at.workstation)).jobs).toEqual([]);
  expect(await jobState(world.deps, at.workstation, jobId)).toMatchObject({ state: 'failed', code: 'frozen' });
});

test('a key that comes after it is refused, and the workstation is told to remove it', async () => {
  const { jobId, challenge, jobDigest } = await at.started();
  await notMe();
  const result = await at.made(challenge, jobDigest);
  await expect(takeResult(world.deps, at.workstation, jobId, result)).rejects.toMatchObject({ code: 'frozen' });
  expect(await jobState(world.deps, at.workstation, jobId)).toMatchObject({ removeCredential: true });
  expect(world.entra.calls).not.toContain('passkeys.create');
});

test.each<[string, () => void]>([
  ['is on its way', () => world.entra.script('passkeys.create', { kind: 'first', work: notMe })],
  [
    'has arrived, and is listed late',
    () => {
      world.entra.lagMs = 240_000;
      world.entra.script('passkeys.create', { kind: 'first', work: notMe });
    },
  ],
])('a registration that %s when it comes does not last', async (_, prepare) => {
  prepare();
  await at.brought();
  await world.pass(600);
  expect(world.entra.calls).toContain('passkeys.create');
  expect(keysLeft()).toEqual(['red']);
  expect(world.ticket(at.id)).toMatchObject({ status: 'frozen', job: { state: 'failed', code: 'frozen' } });
  expect(world.ticket(at.id).freeze?.takenBack).toHaveLength(1);
  expect(world.entra.calls.lastIndexOf('sessions.revoke')).toBeGreaterThan(
    world.entra.calls.lastIndexOf('passkeys.delete'),
  );
});

test('a ticket that is done: exactly its key goes', async () => {
  await at.brought();
  await world.pass(60);
  expect(world.ticket(at.id).status).toBe('done');
  const made = world.ticket(at.id).passkey?.methodId;
  world.addPasskey('ada', 'own');
  await notMe();
  await world.pass(60);
  expect(keysLeft()).toEqual(['red', 'own']);
  expect(world.ticket(at.id).freeze?.takenBack).toEqual([made]);
});
