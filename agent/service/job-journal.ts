import { join } from 'node:path';
import { z } from 'zod';
import { ResultRequest } from '../protocol/messages';
import { type CheckedJob } from './check-job';
import { readPrivate, writePrivate } from './private-file';

const Entry = z.object({
  id: z.string(),
  ticket: z.string(),
  digest: z.string(),
  iat: z.number(),
  /**
   * `begun`: the number was typed. `making`: the key may hold something new. `result`: there is a result that the
   * service may not know yet. `over`.
   */
  phase: z.enum(['begun', 'making', 'result', 'over']),
  result: ResultRequest.optional(),
});
export type JournalEntry = z.infer<typeof Entry>;

const Journal = z.object({
  /** The latest `iat` of any job that was begun. */
  floor: z.number().default(0),
  entries: z.array(Entry).default([]),
});

/** Jobs are refused as expired long before their entry is dropped. Seconds. */
const KEPT_FOR = 30 * 86_400;
const MOST_ENTRIES = 2000;

/** What this workstation has done, on disk before it is done: no job runs twice, and no result is lost to a crash. */
export interface JobJournal {
  readonly floor: number;
  seen(id: string): boolean;
  /** What a crash left behind, the oldest first. */
  unfinished(): readonly JournalEntry[];
  begin(job: CheckedJob): Promise<JournalEntry>;
  /** Replaces what is known of a job that was begun. */
  update(entry: JournalEntry): Promise<JournalEntry>;
}

export async function openJournal(directory: string): Promise<JobJournal> {
  const path = join(directory, 'jobs.json');
  let journal = (await readPrivate(path, Journal)) ?? { floor: 0, entries: [] };

  async function put(entry: JournalEntry): Promise<JournalEntry> {
    const floor = Math.max(journal.floor, entry.iat);
    const others = journal.entries.filter(({ id }) => id !== entry.id);
    const kept = others.filter(({ iat, phase }) => phase !== 'over' || iat > floor - KEPT_FOR).slice(-MOST_ENTRIES);
    const next = { floor, entries: [...kept, entry] };
    await writePrivate(path, next);
    journal = next;
    return entry;
  }

  return {
    get floor() {
      return journal.floor;
    },
    seen: (id) => journal.entries.some((entry) => entry.id === id),
    unfinished: () => journal.entries.filter(({ phase }) => phase !== 'over'),
    begin: ({ claims, digest }) =>
      put({ id: claims.jti, ticket: claims.ticket, digest, iat: claims.iat, phase: 'begun' }),
    update: put,
  };
}
