import { EventEmitter } from 'node:events';
import { installActivities, messageActivity, type ActivityFrame } from './activities';
import { botSettings } from './bot-settings';
import { findAction } from './card-actions';
import { fillInputs } from './card-inputs';
import { createChats } from './chats';
import { createClient } from './client';
import { createConnector } from './connector';
import { openDataFile, type SavedState } from './data-file';
import { createDelivery } from './delivery';
import { teamsGroup, type TeamsGroup } from './group';
import { createGroupClient } from './group-client';
import { createGroups } from './groups';
import { createFiles } from './files';
import { listen } from './http';
import { shownCard, type ChatMessage } from './message';
import { teamsPerson, type TeamsPerson } from './person';
import { CONNECTOR_PATH, createService } from './service';
import { type TeamsEvent, type TeamsOptions, type TeamsStandIn } from './stand-in';
import { createWeather } from './switches';
import { createTokens } from './tokens';
import { createTraffic } from './traffic';
import { waitForMessage } from './wait';

export type { ClickAnswer, Delivery } from './answer';
export type { ActionChoice, CardAction } from './card-actions';
export type { ClickOptions } from './client';
export type { FilePart, StoredFile } from './files';
export type { GroupOptions, TeamsGroup } from './group';
export type { Groups } from './groups';
export type { SearchAnswer, SearchResult } from './search-answer';
export type { Alert, CardJson, ChatMessage } from './message';
export { shownCard } from './message';
export type { PersonOptions, TeamsPerson } from './person';
export type { Clicked, TeamsEvent, TeamsOptions, TeamsStandIn } from './stand-in';
export type { Refusal, Switches, Trouble } from './switches';
export type { Exchange } from './traffic';
export type { BotSettings } from './bot-settings';

const SANDBOX_PASSWORD = 'sandbox-bot-password';

/** Starts Teams, the Bot Connector and its token services on loopback. */
export async function startTeams(options: TeamsOptions): Promise<TeamsStandIn> {
  const { appId, tenantId, appName = 'Keyvouch', now = Date.now } = options;
  const appPassword = options.appPassword ?? SANDBOX_PASSWORD;
  const events = new EventEmitter<{ event: [TeamsEvent] }>().setMaxListeners(0);
  const people = options.people.map((person) => teamsPerson(person, appId, tenantId));
  const groups = (options.groups ?? []).map((group) => teamsGroup(group, tenantId));
  let botUrl = options.botUrl ?? 'http://127.0.0.1:7071/api/messages';

  const state = (): SavedState => ({
    version: 1,
    installed: Object.fromEntries(people.map(({ id, installed }) => [id, installed])),
    chats: chats.saved(),
    groups: Object.fromEntries(
      groups.map(({ id, bot, members }) => [
        id,
        { bot, members: [...members], messages: groupChats.saved()[id] ?? [] },
      ]),
    ),
  });
  const file = openDataFile(options.dataFile, state);
  for (const person of people) person.installed = file.before?.installed[person.id] ?? person.installed;
  const emit = (event: TeamsEvent): void => {
    file.dirty();
    events.emit('event', event);
  };
  const chats = createChats(now, (person) => emit({ kind: 'chat', person }), file.before?.chats);
  const before = file.before?.groups ?? {};
  for (const group of groups) Object.assign(group, pick(before[group.id]));
  const groupChanged = (person: string): void => emit({ kind: 'group', person });
  const said = Object.fromEntries(Object.entries(before).map(([id, { messages }]) => [id, messages]));
  const groupChats = createChats(now, groupChanged, said);

  const tokens = await createTokens(appId, appPassword);
  const weather = createWeather();
  const traffic = createTraffic(now);
  const connector = createConnector({
    people,
    groups,
    groupChats,
    chats,
    arrivedInGroup: (group, message) =>
      void groupClient.arrived(
        group,
        message,
        people.filter(({ id }) => group.members.includes(id)),
      ),
    arrived: (person, message) => void client.arrived(person, message),
    typing: ({ id }) => void events.emit('event', { kind: 'typing', person: id }),
  });
  const service = createService({ tokens, connector, weather, traffic, now, url: () => server.url });
  const server = await listen(options.port ?? 0, (request, response) => {
    if (files.serve(request, response)) return;
    service(request, response).catch((error: unknown) => {
      console.error('teams: a request failed', error);
      response.destroy();
    });
  });
  const serviceUrl = `${server.url}${CONNECTOR_PATH}/`;
  const frame: ActivityFrame = { serviceUrl, appId, appName, now };
  const deliver = createDelivery({
    botUrl: () => botUrl,
    serviceUrl,
    tokens,
    traffic,
    deadlineMs: options.deadlineMs ?? 15_000,
  });
  const client = createClient(frame, chats, deliver);
  const files = createFiles(frame, chats, deliver, () => server.url);
  const groupClient = createGroupClient(frame, groupChats, deliver, groupChanged);

  const personOf = (id: string): TeamsPerson => {
    const person = people.find((candidate) => candidate.id === id);
    if (!person) throw new Error(`Nobody in this Teams has the id ${id}.`);
    return person;
  };
  const setInstalled = async (id: string, installed: boolean): Promise<TeamsPerson> => {
    const person = personOf(id);
    person.installed = installed;
    emit({ kind: 'person', person: id });
    for (const activity of installActivities(frame, person, installed ? 'add' : 'remove')) await deliver(activity);
    return person;
  };

  return {
    url: server.url,
    serviceUrl,
    appName,
    bot: botSettings(server.url, tokens.kid, { id: appId, password: appPassword, tenantId }),
    setBotUrl: (url) => {
      botUrl = url;
    },
    groups: createGroups({
      ...{ groups, frame, chats: groupChats, client: groupClient, deliver },
      ...{ personOf, changed: groupChanged },
    }),
    people: () => people,
    person: personOf,
    install: async (id) => (await setInstalled(id, true)).conversationId,
    uninstall: async (id) => {
      await setInstalled(id, false);
    },

    say: async (id, text) => {
      const person = personOf(id);
      const message = chats.post(id, 'person', { text, format: 'plain' });
      return deliver(messageActivity(frame, person, message.id, text));
    },
    click: async (id, activityId, choice, given = {}, clickOptions = {}) => {
      const { message, placed } = findButton(chats.messages(id), activityId, choice);
      const inputs = fillInputs(placed, given);
      const all = await client.press(personOf(id), message.id, placed.action, inputs, clickOptions);
      const [first] = all;
      if (!first) throw new Error('A click needs at least one delivery.');
      return { ...first, all };
    },
    press: async (id, activityId, action, inputs = {}) => {
      const [answer] = await client.press(personOf(id), activityId, action, inputs);
      if (!answer) throw new Error('A click needs at least one delivery.');
      return answer;
    },
    answerFile: (id, messageId, accept) => files.answer(personOf(id), messageId, accept),
    file: files.read,
    open: (id) => client.open(personOf(id)),
    leave: (id) => client.leave(personOf(id)),
    read: (id) => chats.read(id),
    chat: (id) => chats.messages(id).map((message) => ({ ...message })),
    waitFor: (id, predicate, ms = 5000) =>
      waitForMessage(
        personOf(id).name,
        () => chats.messages(id),
        predicate,
        ms,
        (listener) => {
          events.on('event', listener);
          return () => void events.off('event', listener);
        },
      ),

    send: deliver,
    activity: (id, text) => messageActivity(frame, personOf(id), String(now()), text),
    switches: weather,
    traffic: traffic.all,
    clearTraffic: traffic.clear,
    subscribe: (listener) => {
      events.on('event', listener);
      return () => void events.off('event', listener);
    },
    clear: () => {
      client.clear();
      groupClient.clear();
      chats.clear();
      groupChats.clear();
    },
    close: async () => {
      file.flush();
      events.removeAllListeners();
      await server.close();
    },
  };
}

/** What of a group outlives a restart. */
function pick(saved: SavedState['groups'][string] | undefined): Partial<TeamsGroup> {
  return saved ? { bot: saved.bot, members: saved.members } : {};
}

function findButton(chat: readonly ChatMessage[], activityId: string, choice: Parameters<typeof findAction>[1]) {
  const wanted = activityId === 'latest' ? chat : chat.filter(({ id }) => id === activityId);
  for (const message of wanted.toReversed()) {
    const card = shownCard(message);
    const placed = card && findAction(card, choice);
    if (placed) return { message, placed };
  }
  const name = typeof choice === 'string' ? `"${choice}"` : 'that';
  throw new Error(`No card in ${activityId === 'latest' ? 'this chat' : activityId} has a button ${name}.`);
}
