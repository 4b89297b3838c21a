import { z } from 'zod';
import { type Graph } from './client/graph';
import { paths } from './paths';

/** One entry of the directory's log by which somebody got, or lost, a manager. */
export interface ManagerChange {
  at: Date;
  /** Object ids of the other people that the entry names: the manager, or who was given one. Often none. */
  others: string[];
}

/**
 * The directory's log of one user's manager. Entra keeps it for 7 days, with P1 for 30; a change made on premises comes
 * as an update of the user when it is synchronised.
 */
export interface ManagerChanges {
  /** Entries since then that are about a manager and name this user, newest first. */
  since: (userId: string, since: Date) => Promise<ManagerChange[]>;
}

const PAGE = 200;

const Audit = z.object({
  activityDateTime: z.string().datetime({ offset: true }),
  activityDisplayName: z.string().nullish(),
  result: z.string().nullish(),
  targetResources: z
    .array(
      z.object({
        id: z.string().nullish(),
        type: z.string().nullish(),
        modifiedProperties: z
          .array(z.object({ displayName: z.string().nullish(), newValue: z.string().nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
});

/** "Set user manager" of Core Directory, and "Update user" where what was updated is, or includes, the manager. */
function isAboutManager({ activityDisplayName, targetResources }: z.infer<typeof Audit>): boolean {
  if (/\bmanager\b/i.test(activityDisplayName ?? '')) return true;
  const properties = (targetResources ?? []).flatMap(({ modifiedProperties }) => modifiedProperties ?? []);
  return properties.some(
    ({ displayName, newValue }) =>
      /^manager$/i.test(displayName ?? '') ||
      (/^included updated properties$/i.test(displayName ?? '') && /\bmanager\b/i.test(newValue ?? '')),
  );
}

/** {@link ManagerChanges} over Graph: GET /auditLogs/directoryAudits, filtered by target and time. */
export function createManagerChanges(graph: Graph): ManagerChanges {
  return {
    since: async (userId, since) => {
      const path = paths.directoryAudits(userId, since, PAGE);
      // Every page: a change may lie below whatever else has happened to the user since.
      const call = { operation: 'managerChanges.since', method: 'GET', path, repeat: 'read' } as const;
      const entries = await graph.list(call, Audit);
      return entries
        .filter((entry) => entry.result !== 'failure' && isAboutManager(entry))
        .map(({ activityDateTime, targetResources }) => ({
          at: new Date(activityDateTime),
          others: (targetResources ?? []).flatMap(({ id, type }) => (id && id !== userId && isUser(type) ? [id] : [])),
        }));
    },
  };
}

const isUser = (type: string | null | undefined): boolean =>
  type === undefined || type === null || /^user$/i.test(type);
