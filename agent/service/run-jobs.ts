import { Fault } from '../protocol/fault';
import { type Progress } from '../operations/prompts';
import { awaitConfirmation } from './await-confirmation';
import { checkJob } from './check-job';
import { type Settled } from './deliver-result';
import { type JobDeps } from './job-deps';
import { type Pairing, type PairingStore } from './pairing-file';
import { withEndorsed } from './pinned-keys';
import { backOff, pause } from './retrying';
import { runJob, settleUnfinished } from './run-job';
import { digestOf } from './signed-request';

const ASK_AT_LEAST_EVERY = 300;

export interface RunOptions {
  /** End after one job. */
  once?: boolean;
  /** End after so many milliseconds without a job. */
  untilIdleMs?: number | undefined;
}

/**
 * Asks the service for jobs, as often as the service says, and runs them one after the other, while it is wanted: until
 * one is done, until it has been quiet for long enough, or until it is called off.
 * @returns how each job ended. @throws Fault `workstation-not-paired`, `clock-off`, `pairing-not-confirmed` …
 */
export async function runJobs(
  deps: JobDeps & { pairings: PairingStore },
  paired: Pairing,
  { once = false, untilIdleMs = Infinity }: RunOptions,
): Promise<Settled[]> {
  const { service, journal, prompts, signal, pairings, tell } = deps;
  const ended: Settled[] = [];
  const refused = new Set<string>();
  let pairing = paired.state === 'active' ? paired : await awaitConfirmation(deps, paired);
  let waiting: Progress | undefined;
  let quietSince = Date.now();
  let misses = 0;
  try {
    for (;;) {
      let askAgainMs: number;
      try {
        for (const entry of journal.unfinished()) ended.push(await settleUnfinished(deps, entry));
        if (once && ended.length > 0) return ended;
        const reply = await service.jobs(signal);
        misses = 0;
        if (reply.state !== 'active') throw removed();
        const pinned = await withEndorsed(pairing.pinned, reply.serviceKeys);
        if (pinned !== pairing.pinned) {
          pairing = { ...pairing, pinned: [...pinned] };
          await pairings.write({ service: pairing.service, pairing });
        }
        askAgainMs = Math.min(Math.max(reply.askAgainIn, 0.2), ASK_AT_LEAST_EVERY) * 1000;
        for (const jws of reply.jobs) {
          const job = await admit(jws, pairing, deps, refused);
          if (!job) continue;
          waiting?.done();
          waiting = undefined;
          ended.push(await runJob(deps, job));
          quietSince = Date.now();
          if (once || signal?.aborted) return ended;
        }
      } catch (error) {
        if (!(error instanceof Fault) || !error.retry || error.code === 'key-cancelled') throw error;
        askAgainMs = backOff(misses++, error);
        if (misses === 3) prompts.say(`${error.say} The agent keeps trying.`);
      }
      const quietLeft = quietSince + untilIdleMs - Date.now();
      if (quietLeft <= 0) return ended;
      if (!waiting) {
        waiting = prompts.progress('Waiting for a job from Keyvouch (Ctrl+C ends) …');
        tell({ event: 'waiting' });
      }
      await pause(Math.min(askAgainMs, quietLeft), signal);
    }
  } finally {
    waiting?.done();
  }
}

/** A job that may run; one that may not is told once, one that was run before is passed over in silence. */
async function admit(jws: string, pairing: Pairing, deps: JobDeps, refused: Set<string>) {
  const { journal, prompts, tell } = deps;
  const digest = digestOf(jws);
  if (refused.has(digest)) return undefined;
  try {
    return await checkJob(jws, { ...pairing, now: new Date(), floor: journal.floor, seen: journal.seen });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    refused.add(digest);
    if (error.code === 'job-seen') return undefined;
    const { code, say, todo } = error;
    tell({ event: 'failed', code, say, todo });
    prompts.say(`${say} ${todo} (${code})`);
    return undefined;
  }
}

function removed(): Fault {
  return new Fault({
    code: 'workstation-not-paired',
    say: 'This workstation is no longer paired with Keyvouch: it was removed in the chat.',
    todo: 'Type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.',
  });
}
