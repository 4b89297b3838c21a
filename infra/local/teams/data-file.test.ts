import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEchoBot } from './echo-bot.fixture';
import { startTeams, type CardJson, type TeamsOptions } from './index';

const ROBIN = '11111111-1111-4111-8111-111111111111';
const ALEX = '22222222-2222-4222-8222-222222222222';
const OPTIONS: TeamsOptions = {
  appId: '0b2c4d6e-0000-4000-8000-00000000a001',
  tenantId: '7a0e1e0c-0000-4000-8000-000000000001',
  people: [
    { aadObjectId: ROBIN, name: 'Robin Keller' },
    { aadObjectId: ALEX, name: 'Alex Moreau', installed: false },
  ],
};
const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
const card = (text: string): CardJson => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
  actions: [{ type: 'Action.Execute', verb: 'approve' }],
});

test('chats outlive a restart, what only a client saw does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'teams-'));
  const dataFile = join(folder, 'teams.json');
  const first = await startTeams({ ...OPTIONS, dataFile });
  const bot = await startEchoBot(first.bot, async (context) => {
    if (context.activity.type === 'message')
      await context.sendActivity({
        type: 'message',
        attachments: [{ contentType: ADAPTIVE_CARD, content: card('posted') }],
      });
    if (context.activity.type === 'invoke')
      await context.sendActivity({
        type: 'invokeResponse',
        value: { status: 200, body: { statusCode: 200, type: ADAPTIVE_CARD, value: card('SECRET 1234') } },
      });
  });
  first.setBotUrl(bot.url);
  await first.say(ROBIN, 'hi');
  await first.click(ROBIN, 'latest', 'approve');
  await first.install(ALEX);
  await bot.close();
  await first.close();
  expect(readFileSync(dataFile, 'utf8')).not.toContain('SECRET');
  const second = await startTeams({ ...OPTIONS, dataFile });
  expect(second.chat(ROBIN).map(({ text, card: kept }) => [text, kept !== undefined])).toEqual([
    ['hi', false],
    ['', true],
  ]);
  expect(second.person(ALEX).installed).toBe(true);
  await second.close();
  rmSync(folder, { recursive: true });
});
