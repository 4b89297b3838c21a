import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { type Explanation } from './client/call';
import { type Graph } from './client/graph';
import { type Problem } from './client/problem';
import { paths } from './paths';
import { PersonReply, type Person } from './person';

/** Graph's limit for one checkMemberGroups. */
const GROUPS_AT_ONCE = 20;

/** The directory's people. Every function throws a Fault when Graph cannot be read. */
export interface People {
  /** By object id or user principal name; undefined when there is no such account (or it was deleted). */
  find: (idOrUpn: string) => Promise<Person | undefined>;
  /** By object id; Fault `person-unknown` when there is none. */
  get: (id: string) => Promise<Person>;
  /** Whose name, mail or user principal name starts with `text`; to choose from, at most `limit` (1 to 50). */
  search: (text: string, limit: number) => Promise<Person[]>;
  /** Undefined when the directory names no manager, or the manager is not a user. */
  manager: (id: string) => Promise<Person | undefined>;
  /** All users in a group, also through groups in it. */
  members: (groupId: string) => Promise<Person[]>;
  /** Which of `groupIds` the person is in, also through other groups. */
  isMember: (personId: string, groupIds: readonly string[]) => Promise<string[]>;
}

const unknown: Explanation = {
  code: 'person-unknown',
  say: 'The directory does not know this person.',
  todo: 'Check the name; a new account can take some minutes to appear.',
};

/** What a 404 means wherever a user is named in the path. */
export const explainUnknownPerson = ({ status }: Problem): Explanation | undefined =>
  status === 404 ? unknown : undefined;

/** {@link People} over Graph. */
export function createPeople(graph: Graph): People {
  const get = async (operation: string, path: string): Promise<Person> => {
    const { data } = await graph.ask(
      { operation, method: 'GET', path, repeat: 'read', explain: explainUnknownPerson },
      PersonReply,
    );
    return data;
  };

  return {
    find: async (idOrUpn) => orUndefined(get('people.find', paths.user(idOrUpn))),
    get: async (id) => get('people.get', paths.user(id)),
    search: async (text, limit) => {
      const wanted = text.trim();
      if (wanted === '') return [];
      const top = Math.min(Math.max(Math.trunc(limit), 1), 50);
      const { data } = await graph.ask(
        { operation: 'people.search', method: 'GET', path: paths.searchUsers(wanted, top), repeat: 'read' },
        z.object({ value: z.array(PersonReply) }),
      );
      return data.value.slice(0, top);
    },
    manager: async (id) =>
      orUndefined(
        (async () => {
          const call = { operation: 'people.manager', method: 'GET', path: paths.manager(id), repeat: 'read' } as const;
          const { data } = await graph.ask({ ...call, explain: explainUnknownPerson }, UserOrOther);
          return data;
        })(),
      ),
    members: async (groupId) => {
      const found = await graph.list(
        { operation: 'people.members', method: 'GET', path: paths.transitiveMembers(groupId), repeat: 'read' },
        UserOrOther,
      );
      const people = new Map(found.flatMap((person) => (person === undefined ? [] : [[person.id, person]])));
      return [...people.values()];
    },
    isMember: async (personId, groupIds) => {
      const wanted = [...new Set(groupIds)];
      const member: string[] = [];
      for (let start = 0; start < wanted.length; start += GROUPS_AT_ONCE) {
        const { data } = await graph.ask(
          {
            operation: 'people.isMember',
            method: 'POST',
            path: paths.checkMemberGroups(personId),
            repeat: 'read',
            body: { groupIds: wanted.slice(start, start + GROUPS_AT_ONCE) },
            explain: explainUnknownPerson,
          },
          z.object({ value: z.array(z.string()) }),
        );
        member.push(...data.value);
      }
      const asked = new Map(wanted.map((id) => [id.toLowerCase(), id]));
      return member.flatMap((id) => asked.get(id.toLowerCase()) ?? []);
    },
  };
}

/** A directoryObject: a person where it is a user, undefined where it is a group, a device or a contact. */
const UserOrOther = z
  .object({ '@odata.type': z.string().optional() })
  .passthrough()
  .transform((object, context): Person | undefined => {
    if ((object['@odata.type'] ?? '#microsoft.graph.user') !== '#microsoft.graph.user') return undefined;
    const person = PersonReply.safeParse(object);
    if (person.success) return person.data;
    context.addIssue({ code: z.ZodIssueCode.custom, message: 'a user that cannot be read' });
    return z.NEVER;
  });

async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && error.code === 'person-unknown') return undefined;
    throw error;
  }
}
