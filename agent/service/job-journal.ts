import { join } from 'node:path';
import { z } from 'zod';
import { ACTS } from '../protocol/job';
import { ResultRequest } from '../protocol/messages';
import { type CheckedJob } from './check-job';
import { readPrivate, writePrivate } from './private-file';

const aaguid = z.string();

/** What is being written to a key, noted before it is: enough to look afterwards what came of it, without writing again. */
export const Writing = z.discriminatedUnion('what', [
  z.object({ what: z.literal('setting-pin'), aaguid, how: z.enum(['set', 'changed']) }),
  z.object({
    what: z.literal('erasing'),
    aaguid,
    hadPin: z.boolean(),
    /** As the result will say it (agent/protocol/result.ts). */
    matched: z.array(z.string()),
    matchedBy: z.enum(['silent', 'person']),
  }),
  z.object({ what: z.literal('removing'), aaguid, credentialId: z.string() }),
  /** `added` are on the key for certain. */
  z.object({ what: z.literal('enrolling'), aaguid, added: z.number() }),
  z.object({
    what: z.literal('configuring'),
    aaguid,
    wanted: z.object({ alwaysUv: z.boolean(), minimumPin: z.number(), forcePinChange: z.boolean() }),
  }),
]);
export type Writing = z.infer<typeof Writing>;

const Entry = z.object({
  id: z.string(),
  act: z.enum(ACTS).default('register'),
  ticket: z.string(),
  digest: z.string(),
  iat: z.number(),
  /**
   * `begun`: nothing is written yet. `making`: the key may hold a new passkey. `writing`: it may hold, or have lost,
   * what `writing` says. `result`: there is a result that the service may not know yet. `over`.
   */
  phase: z.enum(['begun', 'making', 'writing', 'result', 'over']),
  writing: Writing.optional(),
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
      put({
        id: claims.jti,
        act: claims.act,
        ticket: claims.ticket,
        digest,
        iat: claims.iat,
        phase: 'begun',
      }),
    update: put,
  };
}
