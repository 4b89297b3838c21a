import { settingsFor, WHO } from '../service/testing/world';
import { openStage, type Stage } from '../../infra/local/teams/bot-stage.fixture';

/** The number of another ticket system, typed in chat: the real botbuilder and teams-ai, and a Teams on loopback. */

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ settings: { KEYVOUCH_OUTER: '{"hand":true}' } });
});
afterEach(() => stage.close());

const plainly = (value: unknown) => JSON.stringify(value ?? {}).replace(/[\u2060\u2066-\u2069]/g, '');
const shown = (who: string) => {
  const message = stage.teams.chat(who).at(-1);
  return plainly(message?.view ?? message?.card ?? message);
};

async function opened(): Promise<string> {
  const { world, deps } = stage;
  world.deps.settings = settingsFor({ KEYVOUCH_OUTER: '{"hand":true}' });
  expect(deps.settings.outer).toBeDefined();
  const { id, outcome } = await world.ask('ada');
  expect(outcome.refusal).toBeUndefined();
  return id;
}

test('the helpdesk types it on the card, and is told what is odd about it', async () => {
  const { teams, world } = stage;
  await teams.install(WHO.helen);
  const id = await opened();
  await teams.say(WHO.helen, `ticket ${world.ticket(id).shortId}`);
  await world.rest();
  await teams.click(WHO.helen, 'latest', 'outer-number', { outerNumber: '<b>', outerLink: '' });
  await world.rest();
  expect(shown(WHO.helen)).toContain('does not look like a ticket number');
  const typed = { outerNumber: 'INC0010023', outerLink: 'https://it.example/23' };
  await teams.click(WHO.helen, 'latest', 'outer-number', typed);
  await world.rest();
  expect(world.ticket(id).outer?.number).toMatchObject({
    number: 'INC0010023',
    url: 'https://it.example/23',
    by: 'hand',
  });
  expect(shown(WHO.helen)).toContain('INC0010023');
});
