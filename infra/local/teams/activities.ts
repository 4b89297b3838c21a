import { randomUUID } from 'node:crypto';
import { type CardAction } from './card-actions';
import { type TeamsPerson } from './person';

/** An activity as it goes over the wire (Bot Framework activity schema, with Teams' channelData). */
export type ActivityJson = Record<string, unknown>;

/** What every activity of one stand-in shares. */
export interface ActivityFrame {
  serviceUrl: string;
  appId: string;
  appName: string;
  now: () => number;
}

const botAccount = ({ appId, appName }: ActivityFrame) => ({ id: `28:${appId}`, name: appName });

function frameOf(frame: ActivityFrame, person: TeamsPerson): ActivityJson {
  const timestamp = new Date(frame.now()).toISOString();
  return {
    timestamp,
    localTimestamp: timestamp,
    localTimezone: 'Europe/Berlin',
    locale: person.locale,
    channelId: 'msteams',
    serviceUrl: frame.serviceUrl,
    from: { id: person.mri, name: person.name, aadObjectId: person.id },
    conversation: { conversationType: 'personal', tenantId: person.tenantId, id: person.conversationId },
    recipient: botAccount(frame),
    entities: [
      { type: 'clientInfo', locale: person.locale, country: 'DE', platform: 'Web', timezone: 'Europe/Berlin' },
    ],
    channelData: { tenant: { id: person.tenantId } },
  };
}

/** A text that the person typed; `id` is the message's id in the chat. */
export const messageActivity = (frame: ActivityFrame, person: TeamsPerson, id: string, text: string): ActivityJson => ({
  ...frameOf(frame, person),
  type: 'message',
  id,
  text,
  textFormat: 'plain',
});

/** Action.Submit: a message without a text, with the data and the inputs in `value`. */
export const submitActivity = (
  frame: ActivityFrame,
  person: TeamsPerson,
  cardMessage: string,
  value: Record<string, unknown>,
): ActivityJson => ({
  ...frameOf(frame, person),
  type: 'message',
  id: `f:${randomUUID()}`,
  replyToId: cardMessage,
  channelData: { tenant: { id: person.tenantId }, source: { name: 'message' }, legacy: { replyToId: cardMessage } },
  value,
});

/** Action.Execute (Universal Actions): an invoke that the bot answers in the same HTTP reply. */
export const executeActivity = (
  frame: ActivityFrame,
  person: TeamsPerson,
  cardMessage: string,
  action: Pick<CardAction, 'title' | 'verb' | 'id'>,
  data: Record<string, unknown>,
  trigger: 'manual' | 'automatic',
): ActivityJson => ({
  ...frameOf(frame, person),
  type: 'invoke',
  name: 'adaptiveCard/action',
  id: `f:${randomUUID()}`,
  replyToId: cardMessage,
  channelData: { tenant: { id: person.tenantId }, source: { name: 'message' }, legacy: { replyToId: cardMessage } },
  value: {
    action: {
      type: 'Action.Execute',
      ...(action.title !== undefined && { title: action.title }),
      ...(action.id !== undefined && { id: action.id }),
      verb: action.verb ?? '',
      data,
    },
    trigger,
  },
});

/** What Teams sends when a person gets or loses the app: an installationUpdate and, for a new one, a conversationUpdate. */
export function installActivities(frame: ActivityFrame, person: TeamsPerson, action: 'add' | 'remove'): ActivityJson[] {
  const base = frameOf(frame, person);
  const channelData = { tenant: { id: person.tenantId }, source: { name: 'message' } };
  const installation = { ...base, type: 'installationUpdate', id: `f:${randomUUID()}`, action, channelData };
  if (action === 'remove') return [installation];
  const membersAdded = [{ id: person.mri, aadObjectId: person.id }, botAccount(frame)];
  return [{ ...base, type: 'conversationUpdate', id: `f:${randomUUID()}`, membersAdded }, installation];
}
