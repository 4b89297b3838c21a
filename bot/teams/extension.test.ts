import { WHO } from '../service/testing/world';
import { type SearchResult } from '../../infra/local/teams';
import { GUEST, openStage, type Stage, STRANGER } from '../../infra/local/teams/bot-stage.fixture';

/** The search in a message box, over the real adapter. */

let stage: Stage;
/** Ada's and Mallory's requests. */
let adas: string;
let mallorys: string;

beforeAll(async () => {
  stage = await openStage({
    groups: [{ name: 'Everybody', kind: 'group-chat', members: [WHO.helen, WHO.ada, WHO.mallory] }],
  });
  stage.world.entra.managers.set(WHO.mallory, WHO.carol);
  adas = (await stage.world.ask('ada', { reason: 'CANARY-ADA starts on Monday' })).outcome.details!.view.shortId;
  const other = await stage.world.ask('mallory', { subject: WHO.mallory, reason: 'CANARY-MALLORY', flow: 'pass' });
  mallorys = other.outcome.details!.view.shortId;
});
afterAll(() => stage.close());
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

const textOf = (value: unknown) => JSON.stringify(value ?? '');

async function search(who: string, text: string, command = 'tickets', group?: string) {
  const answer = await stage.teams.groups.search(who, command, text, group);
  return answer.kind === 'results' ? answer.results : answer.text;
}
async function numbers(who: string, text: string): Promise<string[]> {
  const found = await search(who, text);
  return typeof found === 'string' ? [] : found.map(({ title }) => title.split(' ')[0]!).sort();
}

describe('tickets: each finds what they may see', () => {
  test.each<[string, string, string, () => string[]]>([
    ['nothing typed yet: one’s own', 'ada', '', () => [adas]],
    ['nothing typed yet, as approver: what waits', 'bob', '', () => [adas]],
    ['nothing typed yet, as helpdesk: all', 'helen', '', () => [adas, mallorys].sort()],
    ['by number', 'ada', 'NUMBER', () => [adas]],
    ['by the number of another', 'mallory', 'NUMBER', () => []],
    ['by number, as helpdesk', 'helen', 'NUMBER', () => [adas]],
    ['by a person’s name, as helpdesk', 'helen', 'mallory', () => [mallorys]],
    ['by a person’s name who is none of their business', 'ada', 'mallory', () => []],
    ['by a word of the reason', 'ada', 'monday', () => [adas]],
    ['by a word of another’s reason', 'ada', 'CANARY-MALLORY', () => []],
    ['by two words, both of which fit', 'helen', 'ada monday', () => [adas]],
    ['by two words of which one does not fit', 'helen', 'ada tuesday', () => []],
    ['by how it stands', 'helen', 'waiting', () => [adas, mallorys].sort()],
  ])('%s', async (_, who, text, finds) => {
    const typed = text === 'NUMBER' ? adas : text;
    expect(await numbers(WHO[who as keyof typeof WHO], typed)).toEqual(finds());
  });
});

test('what is put into the conversation says which ticket and how it stands, and nothing of anybody', async () => {
  const found = await search(WHO.helen, adas);
  const [one] = found as readonly SearchResult[];
  expect(one).toMatchObject({
    title: expect.stringContaining(adas) as string,
    text: expect.stringContaining('Ada') as string,
  });
  const card = textOf(one!.card);
  expect(card).toContain(adas);
  expect(card).toContain(`https://teams.microsoft.com/l/chat/0/0?users=28%3A`);
  expect(card).toContain(`message=${adas}`);
  for (const never of [/\bAda\b/, /CANARY/, /\bBob\b/, /contoso/, /Action\.Execute/]) expect(card).not.toMatch(never);
});

test('it works in a conversation of several as well, for the one who searches alone', async () => {
  const found = await search(WHO.ada, '', 'tickets', stage.place('Everybody'));
  expect(textOf(found)).toContain(adas);
  expect(stage.teams.groups.chat(stage.place('Everybody'), WHO.helen)).toEqual([]);
});

describe('people', () => {
  test('are found by the helpdesk', async () => {
    const found = await search(WHO.helen, 'mall', 'people');
    expect(found).toMatchObject([{ title: 'Mallory', text: 'mallory@contoso.example' }]);
    const card = textOf((found as readonly SearchResult[])[0]!.card);
    expect(card).toContain('who%20mallory%40contoso.example');
    expect(card).not.toContain('"text":"mallory@contoso.example"');
  });

  test.each([
    ['ada', 'mall', /Only the helpdesk/],
    ['helen', 'm', /at least two letters/],
    ['helen', '', /at least two letters/],
    ['helen', 'nobody of that name', /Nobody found/],
  ])('%s asks for "%s": a sentence', async (who, text, says) => {
    expect(await search(WHO[who as keyof typeof WHO], text, 'people')).toMatch(says);
  });
});

describe('who may not', () => {
  test('a guest and a stranger get a sentence, and nothing is looked up', async () => {
    stage.world.entra.people.set(GUEST, { ...stage.world.entra.people.get(WHO.mallory)!, id: GUEST, external: true });
    for (const who of [GUEST, STRANGER]) expect(await search(who, adas)).toMatch(/members of this organisation/);
    const { entra } = stage.world;
    const before = entra.calls.length;
    await search(STRANGER, '');
    expect(entra.calls.length).toBe(before);
  });

  test('without a good token nothing is answered', async () => {
    const activity = {
      ...stage.teams.activity(WHO.helen, ''),
      ...{ type: 'invoke', name: 'composeExtension/query', value: { commandId: 'tickets', parameters: [] } },
    };
    const { status, body } = await stage.teams.send(activity, { token: { wrongKey: true } });
    expect({ status, body }).toEqual({ status: 401, body: { error: { code: 'unauthorized' } } });
  });
});

test.each([
  ['a search that the manifest does not have', { commandId: 'sudo', parameters: [] }],
  ['no search at all', undefined],
  ['odd parameters', { commandId: 'tickets', parameters: [{ name: 'text', value: { $gt: '' } }] }],
])('%s: a sentence or a list, never an error', async (_, value) => {
  const activity = stage.teams.activity(WHO.mallory, '');
  const { status, body } = await stage.teams.send({
    ...activity,
    ...{ type: 'invoke', name: 'composeExtension/query', value },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ composeExtension: { type: expect.stringMatching(/message|result/) as string } });
});

test('Entra is slow: a sentence in time', async () => {
  let release: (() => void) | undefined;
  const slow = new Promise<void>((resolve) => (release = resolve));
  stage.world.entra.script('people.find', { kind: 'first', work: () => slow });
  const from = Date.now();
  expect(await search(WHO.carol, '')).toMatch(/taking too long/);
  expect(Date.now() - from).toBeLessThan(8_000);
  release!();
});
