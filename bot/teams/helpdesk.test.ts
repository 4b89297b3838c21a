import { openStage, type Stage } from '../../infra/local/teams/bot-stage.fixture';
import { WHO } from '../service/testing/world';

/** The helpdesk in chat, over HTTP: the real botbuilder and teams-ai, and a Teams on loopback. */

let stage: Stage;
let teams: Stage['teams'];
let world: Stage['world'];

beforeEach(async () => {
  stage = await openStage();
  ({ teams, world } = stage);
});
afterEach(() => stage.close());

/** Without the characters that keep names from running into our words. */
const plainly = (value: unknown) => JSON.stringify(value ?? {}).replace(/[\u2060\u2066-\u2069]/g, '');
const shows = (who: string) => {
  const message = teams.chat(who).at(-1);
  return plainly(message?.view ?? message?.card ?? message);
};
const say = async (who: string, text: string) => {
  await teams.say(who, text);
  await world.rest();
  return shows(who);
};
const press = async (who: string, verb: string, inputs: Record<string, unknown> = {}) => {
  const { kind } = await teams.click(who, 'latest', verb, inputs);
  await world.rest();
  return kind;
};
const latestView = (who: string) => plainly(teams.chat(who).findLast(({ view }) => view)?.view);

async function waiting(): Promise<{ id: string; shortId: string }> {
  for (const who of [WHO.ada, WHO.bob, WHO.helen, WHO.hugo]) await say(who, 'hi');
  const { id } = await world.ask('ada');
  return { id, shortId: world.ticket(id).shortId };
}

test('queue, ticket, assign, comment, remind: all of it by words and buttons', async () => {
  const { id, shortId } = await waiting();
  expect(await say(WHO.helen, 'queue unassigned')).toContain(shortId);
  expect(await say(WHO.helen, 'Warteschlange meine')).not.toContain(shortId);
  expect(await say(WHO.helen, 'queue of the lost')).toContain('of the lost');
  expect(await say(WHO.ada, 'queue')).not.toContain(shortId);

  expect(await say(WHO.helen, `ticket ${shortId}`)).toContain('My first day here');
  expect(await press(WHO.helen, 'assign-me')).toBe('card');
  expect(world.ticket(id).assigned?.to.id).toBe(WHO.helen);
  expect(await press(WHO.helen, 'comment', { comment: 'called Ada' })).toBe('card');
  expect(latestView(WHO.helen)).toContain('called Ada');
  expect(await press(WHO.helen, 'nudge')).toBe('card');
  expect(world.kinds(id)).toContain('nudged');
  expect(await press(WHO.helen, 'history')).toBe('card');
  expect(latestView(WHO.helen)).toMatch(/Helen.*Bob.*reminded/);
  expect(await say(WHO.helen, 'queue mine')).toContain(shortId);

  expect(await say(WHO.helen, `assign ${shortId} hugo@contoso.example`)).toContain(shortId);
  expect(world.ticket(id).assigned?.to.id).toBe(WHO.hugo);
  expect(teams.chat(WHO.hugo).some(({ card }) => JSON.stringify(card ?? '').includes(shortId))).toBe(true);
});

test('a colleague is chosen from the list on the ticket that was opened', async () => {
  const { id, shortId } = await waiting();
  await say(WHO.helen, shortId);
  await press(WHO.helen, 'assign', { colleague: WHO.hugo });
  expect(world.ticket(id).assigned?.to.id).toBe(WHO.hugo);
});

test('who somebody is: for the helpdesk; to all others the words mean nothing', async () => {
  await waiting();
  expect(await say(WHO.helen, 'who ada@contoso.example')).toContain('ada@contoso.example');
  expect(await say(WHO.ada, 'who are you')).not.toMatch(/Nobody fits|@contoso/);
  const forged = { verb: 'who', subject: WHO.bob };
  expect(plainly(await stage.invoke(WHO.ada, forged))).not.toContain('bob@contoso');
});

describe('a file', () => {
  const offer = (who: string) => teams.chat(who).findLast(({ file }) => file?.kind === 'offer');
  const file = (who: string) => teams.chat(who).findLast(({ file: part }) => part?.kind === 'file')?.file;

  test('is offered, made on a yes, put into the OneDrive, and stands in the chat; the offer is gone', async () => {
    const { shortId } = await waiting();
    await say(WHO.helen, `export ${shortId}`);
    const { id, file: part } = offer(WHO.helen)!;
    expect(part).toMatchObject({ name: `${shortId}.csv` });
    expect((await teams.answerFile(WHO.helen, id, true)).status).toBe(200);
    const stored = file(WHO.helen);
    expect(stored).toMatchObject({ kind: 'file', name: `${shortId}.csv` });
    const text = teams.file(stored?.kind === 'file' ? stored.id : '')?.bytes.toString('utf8');
    expect(text).toContain('"opened"');
    expect(offer(WHO.helen)).toBeUndefined();
  });

  test('holds what is so when it is accepted, not when it was offered', async () => {
    const { id, shortId } = await waiting();
    await say(WHO.helen, 'export');
    await world.press('hugo', id, 'assign-me');
    await teams.answerFile(WHO.helen, offer(WHO.helen)!.id, true);
    const stored = file(WHO.helen);
    const text = teams.file(stored?.kind === 'file' ? stored.id : '')?.bytes.toString('utf8') ?? '';
    expect(text).toContain(shortId);
    expect(text).toContain('"Hugo"');
  });

  test('of an empty queue as JSON Lines is sent too, though an upload takes no empty file', async () => {
    await say(WHO.helen, 'hi');
    await say(WHO.helen, 'export json');
    await teams.answerFile(WHO.helen, offer(WHO.helen)!.id, true);
    const stored = file(WHO.helen);
    expect(teams.file(stored?.kind === 'file' ? stored.id : '')?.bytes.toString('utf8')).toBe('\n');
  });

  test('of a ticket that there is not is not made one of the queue', async () => {
    await waiting();
    expect(await say(WHO.helen, 'export KV-2222-22')).toContain('no request');
    expect(offer(WHO.helen)).toBeUndefined();
  });

  test('is not made on a no', async () => {
    await waiting();
    await say(WHO.helen, 'export');
    expect((await teams.answerFile(WHO.helen, offer(WHO.helen)!.id, false)).status).toBe(200);
    expect(offer(WHO.helen)).toBeUndefined();
    expect(file(WHO.helen)).toBeUndefined();
  });

  test('is for nobody else, and not for who has left the helpdesk since', async () => {
    await waiting();
    expect(await say(WHO.ada, 'export')).not.toContain('offer');
    expect(offer(WHO.ada)).toBeUndefined();
    await say(WHO.helen, 'export');
    world.entra.groups.set(world.deps.settings.helpdeskGroup, [WHO.hugo]);
    await teams.answerFile(WHO.helen, offer(WHO.helen)!.id, true);
    expect(file(WHO.helen)).toBeUndefined();
  });

  test.each<[string, (value: Record<string, unknown>) => unknown]>([
    [
      'a place elsewhere',
      (value) => ({
        ...value,
        uploadInfo: { ...(value['uploadInfo'] as object), uploadUrl: 'https://evil.example/x' },
      }),
    ],
    [
      'an old offer',
      (value) => ({ ...value, context: { at: '2026-03-01T08:00:00.000Z', wanted: { format: 'csv', queue: 'all' } } }),
    ],
    [
      'an offer of something else',
      (value) => ({ ...value, context: { at: world.now(), wanted: { format: 'exe', queue: 'all' } } }),
    ],
    ['nothing', () => undefined],
  ])('is not sent: %s', async (_, bend) => {
    await waiting();
    const value = {
      ...{
        type: 'fileUpload',
        action: 'accept',
        context: { at: world.now(), wanted: { format: 'csv', queue: 'all' } },
      },
      uploadInfo: {
        name: 'x.csv',
        uploadUrl: `${teams.url}/upload/1`,
        contentUrl: `${teams.url}/drive/1`,
        uniqueId: '1',
        fileType: 'csv',
      },
    };
    const activity = {
      ...teams.activity(WHO.helen, ''),
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: bend(value),
    };
    expect((await teams.send(activity)).status).toBe(200);
    expect(file(WHO.helen)).toBeUndefined();
  });
});
