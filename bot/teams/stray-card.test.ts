import { openStage, type Stage } from '../../infra/local/teams/bot-stage.fixture';
import { WHO } from '../service/testing/world';

/** Teams took a card, and its reply was lost: nobody knows of that card, and it stands in the chat beside the next one. */

let stage: Stage;
let ticket: string;
let stray: string;

const textOf = (value: unknown) => JSON.stringify(value ?? '');
const approvals = () => stage.teams.chat(WHO.bob).filter(({ card }) => textOf(card).includes('My first day here'));
const shown = (id: string) => {
  const message = stage.teams.chat(WHO.bob).find((one) => one.id === id);
  return textOf(message?.view ?? message?.card);
};
const press = async (id: string, verb: string, inputs: Record<string, unknown>) => {
  const { kind } = await stage.teams.click(WHO.bob, id, verb, inputs);
  await stage.world.rest();
  return kind;
};

beforeEach(async () => {
  stage = await openStage({ pause: async () => undefined });
  const { teams, world } = stage;
  for (const who of [WHO.ada, WHO.bob]) await teams.install(who);
  teams.switches.trouble({ on: 'send', person: WHO.bob, what: 'lost-reply' });
  ticket = (await world.ask('ada')).id;
  await world.rest();
  expect(approvals()).toHaveLength(2);
  stray = approvals()[0]!.id;
});
afterEach(() => stage.close());

test('whoever presses it has decided, once, and reads the code there; the other card says so', async () => {
  expect(await press(stray, 'approve', { how: 'video' })).toBe('card');
  expect(shown(stray)).toMatch(/\d{3} ?\d{3}/);
  expect(stage.world.kinds(ticket).filter((kind) => kind === 'approved')).toHaveLength(1);
  expect(await press(approvals().at(-1)!.id, 'approve', { how: 'video' })).toBe('card');
  expect(stage.world.kinds(ticket).filter((kind) => kind === 'approved')).toHaveLength(1);
});

test('pressed when all is decided it changes nothing and shows the truth', async () => {
  await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
  await stage.world.rest();
  expect(shown(stray)).not.toContain('Not now, sorry');
  expect(await press(stray, 'approve', { how: 'video' })).toBe('card');
  expect(shown(stray)).toMatch(/Denied.*Not now, sorry|Not now, sorry.*Denied/);
  expect(stage.world.ticket(ticket).status).toBe('denied');
});

test('whoever only opens the chat sees the truth on it too, a minute later', async () => {
  await stage.world.press('bob', ticket, 'deny', { text: 'Not now, sorry' });
  await stage.world.rest();
  const data = (approvals()[0]!.card as { refresh: { action: { data: { verb: string } } } }).refresh.action.data;
  expect(textOf(await stage.invoke(WHO.bob, data, { trigger: 'automatic' }))).toContain('Not now, sorry');
});
