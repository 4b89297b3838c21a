import { type Chats } from './chats';
import { badSyntax, memberNotFound, notFound, notInRoster } from './connector-error';
import { contentOf, parse, postedActivitySchema } from './connector-schema';
import { type ConnectorCall, type ConnectorReply, type PlannedCall } from './connector';
import { type TeamsGroup, threadOf } from './group';
import { accountOf } from './roster';
import { type ChatMessage } from './message';
import { type TeamsPerson } from './person';

export interface GroupWorld {
  chats: Chats;
  people: readonly TeamsPerson[];
  arrived(group: TeamsGroup, message: ChatMessage): void;
}

/** The smallest page of `pagedmembers`, and the default. */
const LEAST_PAGE = 50;

/** The connector's calls in a group chat or channel. @throws ConnectorError where nothing is planned. */
export function planInGroup(world: GroupWorld, group: TeamsGroup, call: ConnectorCall): PlannedCall {
  const { chats } = world;
  const [, , conversation = '', what, id, more] = call.parts;
  const planned = (operation: PlannedCall['operation'], run: () => ConnectorReply): PlannedCall => ({
    operation,
    person: undefined,
    conversation: group.id,
    run: () => {
      if (!group.bot) throw notInRoster();
      return run();
    },
  });
  const own = (): ChatMessage => {
    const message = chats.message(group.id, id ?? '');
    if (message.from !== 'bot') throw badSyntax('Only the author may change a message');
    return message;
  };
  const content = () => {
    const activity = parse(postedActivitySchema, call.body);
    if (activity.type !== 'message') throw badSyntax(`Activity type ${activity.type} cannot be posted`);
    const posted = contentOf(activity);
    // Teams docs, "Send and receive files": in personal chats alone.
    if (posted.file) throw badSyntax('File cards are for personal chats');
    return posted;
  };

  if (what === 'activities' && more === undefined) {
    switch (call.method) {
      case 'POST':
        return planned('send', () => {
          const thread = threadOf(conversation) ?? (group.kind === 'channel' ? id : undefined);
          const message = chats.post(group.id, 'bot', { ...content(), ...(thread !== undefined && { thread }) });
          world.arrived(group, message);
          return { status: 201, body: { id: message.id } };
        });
      case 'PUT':
        return planned('update', () => {
          const message = chats.replace(group.id, own().id, content());
          world.arrived(group, message);
          return { status: 200, body: { id: message.id } };
        });
      case 'DELETE':
        return planned('delete', () => {
          chats.remove(group.id, own().id);
          return { status: 200, body: '' };
        });
      default:
        throw notFound();
    }
  }
  if (call.method !== 'GET') throw notFound();
  return planned('members', () => ({ status: 200, body: membersOf(world, group, call, what, id) }));
}

function membersOf({ people }: GroupWorld, group: TeamsGroup, call: ConnectorCall, what?: string, id?: string) {
  const accounts = group.members.flatMap((member) => {
    const person = people.find((one) => one.id === member);
    return person ? [accountOf(person)] : [];
  });
  if (what === 'pagedmembers') {
    const size = Math.max(LEAST_PAGE, Number(call.query.get('pageSize') ?? LEAST_PAGE));
    const from = Number((call.query.get('continuationToken') ?? '0').replace('page-', ''));
    const next = from + size < accounts.length ? { continuationToken: `page-${from + size}` } : {};
    return { members: accounts.slice(from, from + size), ...next };
  }
  if (what !== 'members') throw notFound();
  if (id === undefined) return accounts;
  const account = accounts.find((one) => one.id === id || one.aadObjectId === id);
  if (!account) throw memberNotFound();
  return account;
}
