import { randomUUID } from 'node:crypto';
import { type ActivityFrame, type ActivityJson } from './activities';
import { type TeamsGroup } from './group';
import { type TeamsPerson } from './person';

const botOf = ({ appId, appName }: ActivityFrame) => ({ id: `28:${appId}`, name: appName });

/**
 * The same activity in a group chat or channel, as Teams words it: the conversation names the thread too, and a channel's
 * `channelData` its team.
 * @param thread id of the message that the thread began with
 */
export function inGroup(activity: ActivityJson, person: TeamsPerson, group: TeamsGroup, thread?: string): ActivityJson {
  const { id, kind, team } = group;
  const own = activity['channelData'];
  const channelData = {
    ...(typeof own === 'object' ? own : {}),
    ...(team && { teamsChannelId: id, teamsTeamId: team.id, channel: { id }, team: { id: team.id, name: team.name } }),
    tenant: { id: person.tenantId },
  };
  const conversation = {
    isGroup: true,
    conversationType: kind === 'channel' ? 'channel' : 'groupChat',
    tenantId: person.tenantId,
    id: kind === 'channel' && thread !== undefined ? `${id};messageid=${thread}` : id,
    ...(kind === 'group-chat' && { name: group.name }),
  };
  return { ...activity, conversation, channelData };
}

/** A text that mentions the bot. `@Keyvouch` in it becomes a mention, as the client's list of names makes it. */
export function mentioning(frame: ActivityFrame, activity: ActivityJson, text: string): ActivityJson {
  const bot = botOf(frame);
  const mention = `<at>${bot.name}</at>`;
  const said = text.split(`@${bot.name}`).join(mention);
  const entities = Array.isArray(activity['entities']) ? (activity['entities'] as unknown[]) : [];
  return {
    ...activity,
    text: said,
    attachments: [{ contentType: 'text/html', content: `<div><div>${said}</div></div>` }],
    entities: [{ type: 'mention', text: mention, mentioned: bot }, ...entities],
  };
}

const happening = (base: ActivityJson, more: ActivityJson): ActivityJson => {
  const { text: _none, textFormat: _neither, ...rest } = base;
  return { ...rest, id: `f:${randomUUID()}`, ...more };
};

/** What Teams sends when the bot is added to a group chat or team, or taken out of it. */
export function botActivities(frame: ActivityFrame, base: ActivityJson, action: 'add' | 'remove'): ActivityJson[] {
  const update = action === 'add' ? { membersAdded: [botOf(frame)] } : { membersRemoved: [botOf(frame)] };
  return [
    happening(base, { type: 'conversationUpdate', ...update }),
    happening(base, { type: 'installationUpdate', action }),
  ];
}

/** A channel is gone. */
export function channelDeleted(base: ActivityJson, group: TeamsGroup): ActivityJson {
  const own = base['channelData'];
  const channelData = {
    ...(typeof own === 'object' ? own : {}),
    eventType: 'channelDeleted',
    channel: { id: group.id },
  };
  return happening(base, { type: 'conversationUpdate', channelData });
}

/** A search in a message box. What is typed goes into the one parameter; nothing typed yet is an initial run. */
export function searchActivity(
  base: ActivityJson,
  commandId: string,
  parameter: { name: string; value: string },
): ActivityJson {
  const parameters = parameter.value === '' ? [{ name: 'initialRun', value: 'true' }] : [parameter];
  return happening(base, {
    type: 'invoke',
    name: 'composeExtension/query',
    value: { commandId, parameters, queryOptions: { skip: 0, count: 25 } },
  });
}
