import { type Chats } from './chats';
import {
  badSyntax,
  conversationNotFound,
  memberNotFound,
  messageTooBig,
  notFound,
  notInRoster,
} from './connector-error';
import { contentOf, conversationSchema, parse, postedActivitySchema, type PostedActivity } from './connector-schema';
import { type ChatMessage } from './message';
import { groupIdOf, type TeamsGroup } from './group';
import { planInGroup } from './group-connector';
import { type TeamsPerson } from './person';
import { accountOf } from './roster';
import { type Operation } from './switches';

/** "Approximately 100 KB" (Teams docs, "Format your bot messages"): what the whole activity may weigh. */
const LARGEST_MESSAGE_BYTES = 100 * 1024;
/** The smallest page of `pagedmembers`. */
const LEAST_PAGE = 50;

export interface ConnectorCall {
  method: string;
  /** The path after the service URL, decoded, in parts: `['v3', 'conversations', …]`. */
  parts: readonly string[];
  query: URLSearchParams;
  body: unknown;
  bytes: number;
}

export interface ConnectorReply {
  status: number;
  body: unknown;
}

/** A call that is understood and allowed: what it does, to whom, and the work itself. */
export interface PlannedCall {
  operation: Operation;
  /** Undefined in a conversation of several. */
  person: TeamsPerson | undefined;
  conversation: string;
  /** @throws ConnectorError. */
  run(): ConnectorReply;
}

export interface ConnectorWorld {
  people: readonly TeamsPerson[];
  groups: readonly TeamsGroup[];
  /** The messages of group chats and channels. */
  groupChats: Chats;
  chats: Chats;
  /** A bot's card was posted or replaced. */
  arrived(person: TeamsPerson, message: ChatMessage): void;
  arrivedInGroup(group: TeamsGroup, message: ChatMessage): void;
  /** The bot is writing. */
  typing(person: TeamsPerson): void;
}

/** The conversations part of the Bot Connector REST API: 1:1 chats here, group chats and channels in group-connector. @throws ConnectorError where nothing is planned. */
export type Connector = (call: ConnectorCall) => PlannedCall;

export function createConnector(world: ConnectorWorld): Connector {
  const { people, chats } = world;

  const post = (person: TeamsPerson, activity: PostedActivity): { id: string } => {
    if (activity.type === 'typing') {
      world.typing(person);
      return { id: '' };
    }
    if (activity.type !== 'message') throw badSyntax(`Activity type ${activity.type} cannot be posted`);
    const message = chats.post(person.id, 'bot', contentOf(activity));
    world.arrived(person, message);
    return { id: message.id };
  };

  const create = (call: ConnectorCall): PlannedCall => {
    const wanted = parse(conversationSchema, call.body);
    const tenantId = wanted.tenantId ?? wanted.channelData?.tenant?.id;
    if (tenantId === undefined) throw badSyntax('Tenant id is required');
    const [member] = wanted.members;
    // Teams takes the MRI, and the Entra object id of a person who has the app.
    const person = people.find(({ mri, id }) => mri === member?.id || id === member?.id);
    if (!person || person.tenantId !== tenantId) throw badSyntax('Bad format of conversation ID');
    return {
      operation: 'create',
      person,
      conversation: person.conversationId,
      run: () => {
        requireInstalled(person);
        const { conversationId: id } = person;
        const activityId = wanted.activity && post(person, wanted.activity).id;
        return { status: 201, body: activityId ? { id, activityId } : { id } };
      },
    };
  };

  const activities = (call: ConnectorCall, person: TeamsPerson, activityId: string | undefined): PlannedCall => {
    switch (call.method) {
      case 'POST':
        return {
          operation: 'send',
          person,
          conversation: person.conversationId,
          run: () => {
            requireInstalled(person);
            return { status: 201, body: post(person, parse(postedActivitySchema, call.body)) };
          },
        };
      case 'PUT':
        return {
          operation: 'update',
          person,
          conversation: person.conversationId,
          run: () => {
            requireInstalled(person);
            const id = ownMessage(chats, person, activityId).id;
            const content = contentOf(parse(postedActivitySchema, call.body));
            world.arrived(person, chats.replace(person.id, id, content));
            return { status: 200, body: { id } };
          },
        };
      case 'DELETE':
        return {
          operation: 'delete',
          person,
          conversation: person.conversationId,
          run: () => {
            requireInstalled(person);
            chats.remove(person.id, ownMessage(chats, person, activityId).id);
            return { status: 200, body: '' };
          },
        };
      default:
        throw notFound();
    }
  };

  return (call) => {
    if (call.bytes > LARGEST_MESSAGE_BYTES) throw messageTooBig();
    const [version, collection, conversation, what, id, more] = call.parts;
    if (version !== 'v3' || collection !== 'conversations') throw notFound();
    if (conversation === undefined) {
      if (call.method !== 'POST') throw notFound();
      return create(call);
    }
    const group = world.groups.find((one) => one.id === groupIdOf(conversation));
    if (group) return planInGroup({ people, chats: world.groupChats, arrived: world.arrivedInGroup }, group, call);
    const person = people.find(({ conversationId }) => conversationId === conversation);
    if (!person) throw conversationNotFound();
    if (what === 'activities' && more === undefined) return activities(call, person, id);
    if (call.method !== 'GET') throw notFound();
    const run = () => ({ status: 200, body: members(person, what, id, more) });
    return { operation: 'members', person, conversation, run };
  };
}

function requireInstalled(person: TeamsPerson): void {
  if (!person.installed) throw notInRoster();
}

/** A bot may change its own messages only. */
function ownMessage(chats: Chats, person: TeamsPerson, id: string | undefined): ChatMessage {
  const message = chats.message(person.id, id ?? '');
  if (message.from !== 'bot') throw badSyntax('Only the author may change a message');
  return message;
}

function members(person: TeamsPerson, what: string | undefined, id: string | undefined, more: string | undefined) {
  requireInstalled(person);
  const account = accountOf(person);
  if (what === 'pagedmembers') return { members: [account].slice(0, LEAST_PAGE) };
  if (what === 'activities' && more === 'members') return [account];
  if (what !== 'members') throw notFound();
  if (id === undefined) return [account];
  if (id !== person.mri && id !== person.id) throw memberNotFound();
  return account;
}
