import { openStage, type Stage } from '../../infra/local/teams/bot-stage.fixture';
import { type Refusal } from '../../infra/local/teams/switches';
import { type TicketDetails } from '../service';
import { WHO } from '../service/testing/world';

/** What Teams' throttling does to posts and answers, through the real botbuilder: its own client would sleep it all out. */

const ADA = { id: WHO.ada, name: 'Ada' };
const busy = (seconds: number, status = 429): Refusal => ({
  status,
  code: 'TooManyRequests',
  retryAfterSeconds: seconds,
});

let stage: Stage;
let details: TicketDetails;
beforeEach(async () => {
  stage = await openStage();
  const { teams, world } = stage;
  await teams.install(WHO.ada);
  details = (await world.ask('ada')).outcome.details!;
  await world.rest();
  teams.clear();
  teams.clearTraffic();
});
afterEach(() => stage.close());

/** A card that is not there yet, by itself. */
const post = () => stage.deps.messenger.card({ person: ADA, slot: 'handover', nudge: true, details });
const throttle = (answer: Refusal) => stage.teams.switches.trouble({ on: 'send', person: WHO.ada, what: answer });
const posts = () =>
  stage.teams
    .traffic()
    .filter(({ way, method }) => way === 'from-bot' && method === 'POST')
    .map(({ status }) => status);

async function timed<T>(work: Promise<T>): Promise<{ ms: number; result: T }> {
  const from = Date.now();
  const result = await work;
  return { ms: Date.now() - from, result };
}

test.each([429, 503])('a post answered %d for an hour fails at once and says for how long', async (status) => {
  throttle(busy(3_600, status));
  const failed = { code: 'teams-unreachable', retry: true, retryAfterMs: 3_600_000, facts: { status } };
  const { ms } = await timed(expect(post()).rejects.toMatchObject(failed));
  expect(ms).toBeLessThan(10_000);
  expect(posts()).toEqual([status]);
});

test('while the pause lasts nothing more is sent there, by itself or in answer', async () => {
  throttle(busy(3_600));
  await stage.teams.say(WHO.ada, 'hi');
  expect(posts()).toEqual([429]);
  await expect(post()).rejects.toMatchObject({ code: 'teams-unreachable', facts: { status: 429 } });
  const { ms } = await timed(stage.teams.say(WHO.ada, 'hi'));
  expect(ms).toBeLessThan(10_000);
  expect(posts()).toEqual([429]);
  // A button is answered all the same: its card goes into the reply.
  expect(await stage.invoke(WHO.ada, { verb: 'home' })).toMatchObject({ statusCode: 200 });
});

test.each<[string, () => Promise<unknown>]>([
  ['post', post],
  ['answer to a line', () => stage.teams.say(WHO.ada, 'hi')],
])('a pause of a second is waited out, and the %s made once', async (_, work) => {
  throttle(busy(1));
  const { ms } = await timed(work());
  expect(ms).toBeGreaterThan(900);
  expect(ms).toBeLessThan(10_000);
  expect(posts()).toEqual([429, 201]);
  expect(stage.teams.chat(WHO.ada).filter(({ card }) => card)).toHaveLength(1);
});
