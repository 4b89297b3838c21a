import { WHO } from '../service/testing/world';
import { openStage } from '../../infra/local/teams/bot-stage.fixture';

/**
 * What Teams refuses to a message of ours must come back to whoever sent it: the handler of errors in a person's turn
 * once took it, and nobody heard that a card had reached nobody.
 */
test('a card for somebody who has taken the app away is known to have reached nobody', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const { teams, world, close } = await openStage();
  try {
    await teams.install(WHO.ada);
    await teams.install(WHO.bob);
    await teams.uninstall(WHO.bob);
    await teams.click(WHO.ada, 'latest', 'ask');
    await teams.click(WHO.ada, 'latest', 'send-request', { reason: 'My first day here' });
    await world.rest();
    const [ticket] = world.store.all();
    expect(ticket?.unreached.map(({ person }) => person.id)).toContain(WHO.bob);
  } finally {
    await close();
    jest.restoreAllMocks();
  }
});
