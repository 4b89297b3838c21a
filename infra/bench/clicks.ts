import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { people } from '../local/entra';
import { installApp, startSandbox } from '../local/sandbox/sandbox';
import { startTeams, type TeamsStandIn } from '../local/teams';
import { startEchoBot } from '../local/teams/echo-bot.fixture';
import { type Figure, quantile, timed } from './figures';

const ROUNDS = 40;
const AT_ONCE = 50;
/** Of a click among so many, in milliseconds: and at most so many times a bot that does nothing. */
const MOST_MS = 2_000;
const RATIO = 3;
const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'echo' }],
  actions: [{ type: 'Action.Execute', title: 'Home', verb: 'home', data: { verb: 'home' } }],
};

interface Times {
  alone: number[];
  together: number[];
}

/** Presses the same button of one card many times: one after the other, then many at once. */
async function press(teams: TeamsStandIn, person: string): Promise<Times> {
  const { id } = teams.chat(person).find(({ from }) => from === 'bot') ?? { id: '' };
  const action = { type: 'Action.Execute' as const, verb: 'home', data: { verb: 'home' }, withInputs: false };
  const click = async () => {
    const { kind } = await teams.press(person, id, action);
    if (kind !== 'card') throw new Error(`a click was answered by ${kind}`);
  };
  for (let warm = 0; warm < 10; warm += 1) await click();
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) alone.push(await timed(click));
  const together = await Promise.all(Array.from({ length: AT_ONCE }, () => timed(click)));
  return { alone, together };
}

async function ours(): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-bench-'));
  const sandbox = await startSandbox({ folder, built: true, touch: 'auto' });
  try {
    await installApp(sandbox.teams);
    return await press(sandbox.teams, people.ada.id);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A bare botbuilder bot that answers each click with a card it has ready: what the SDK and the stand-in cost alone. */
async function peers(): Promise<Times> {
  const person = people.ada.id;
  const teams = await startTeams({
    appId: '11111111-2222-4333-8444-555555555555',
    tenantId: '5d1e0c4a-6f0b-4b57-9c57-0a6f3a1f9e10',
    people: [{ aadObjectId: person, name: 'Ada Lindqvist' }],
  });
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: CARD };
  const bot = await startEchoBot(teams.bot, async (context) => {
    if (context.activity.type === 'invoke') {
      const body = { statusCode: 200, type: attachment.contentType, value: CARD };
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
    } else if (context.activity.type === 'message') {
      await context.sendActivity({ type: 'message', attachments: [attachment] });
    }
  });
  try {
    teams.setBotUrl(bot.url);
    await teams.say(person, 'hi');
    await teams.waitFor(person, ({ card }) => card !== undefined);
    return await press(teams, person);
  } finally {
    await bot.close();
    await teams.close();
  }
}

/** Click to answer: the home card of the real bot (Entra asked, tables read) beside a bare echo bot. */
export async function clickFigures(): Promise<Figure[]> {
  const [us, them] = [await ours(), await peers()];
  const peer = 'bare botbuilder echo bot';
  const figure = (id: string, what: string, of: (times: Times) => number): Figure => ({
    id,
    what,
    ours: of(us),
    peer,
    peers: of(them),
  });
  const crowded = figure(`click-${AT_ONCE}-p99`, `the same, ${AT_ONCE} at once, p99`, ({ together }) =>
    quantile(together, 0.99),
  );
  return [
    figure('click-p50', 'click to answer, home card, p50', ({ alone }) => quantile(alone, 0.5)),
    figure('click-p99', 'click to answer, home card, p99', ({ alone }) => quantile(alone, 0.99)),
    figure(`click-${AT_ONCE}-p50`, `the same, ${AT_ONCE} at once, p50`, ({ together }) => quantile(together, 0.5)),
    { ...crowded, goal: { ratio: RATIO } },
    { ...crowded, id: `${crowded.id}-most`, goal: { most: MOST_MS } },
  ];
}
