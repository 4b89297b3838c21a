import { Fault } from '../protocol/fault';
import { type Progress } from '../operations/prompts';
import { awaitConfirmation } from './await-confirmation';
import { checkJob } from './check-job';
import { type Settled } from './deliver-result';
import { type JobDeps } from './job-deps';
import { type KeyStore } from './key-store';
import { type Pairing, type PairingStore } from './pairing-file';
import { withEndorsed } from './pinned-keys';
import { backOff, pause } from './retrying';
import { isRotationDue, rotateKey, type RotationDeps } from './rotate-key';
import { runJob, settleUnfinished } from './run-job';
import { digestOf } from './signed-request';

const ASK_AT_LEAST_EVERY = 300;
/** So often it is tried to renew the workstation's key before jobs go first again. */
const MOST_TURNS = 3;
/** Ends after which there is nothing to go on with. */
const FINAL = new Set(['key-cancelled', 'workstation-not-paired']);

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
  around: Omit<JobDeps, 'kind'> & { pairings: PairingStore; keys: KeyStore },
  paired: Pairing,
  { once = false, untilIdleMs = Infinity }: RunOptions,
): Promise<Settled[]> {
  const { journal, prompts, signal, pairings, tell } = around;
  const deps = { ...around, kind: paired.kind };
  const ended: Settled[] = [];
  const refused = new Set<string>();
  let pairing = paired.state === 'active' ? paired : await awaitConfirmation(deps, paired);
  let waiting: Progress | undefined;
  let quietSince = Date.now();
  let misses = 0;
  let turnsLeft = MOST_TURNS;
  try {
    for (;;) {
      let askAgainMs: number;
      try {
        // First of all: after a turn that was cut off the service may know the present key no more.
        if (turnsLeft > 0 && isRotationDue(pairing)) {
          turnsLeft -= 1;
          const turned = await rotateInPassing(deps);
          turnsLeft = turned ? MOST_TURNS : 0;
          if (turned) ({ pairing, service: deps.service } = turned);
        }
        for (const entry of journal.unfinished()) ended.push(await settleUnfinished(deps, entry));
        if (once && ended.length > 0) return ended;
        const reply = await deps.service.jobs(signal);
        misses = 0;
        if (reply.state !== 'active') throw removed();
        const pinned = await withEndorsed(pairing.pinned, reply.serviceKeys);
        if (pinned !== pairing.pinned) {
          pairing = { ...((await pairings.read()).pairing ?? pairing), pinned: [...pinned] };
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

/** A key that cannot be renewed is no reason to run no jobs; what can be tried again soon is thrown. */
async function rotateInPassing(deps: RotationDeps & Pick<JobDeps, 'prompts' | 'tell'>) {
  try {
    const turned = await rotateKey(deps);
    deps.tell({ event: 'key-rotated', thumbprint: turned.pairing.thumbprint });
    return turned;
  } catch (error) {
    if (!(error instanceof Fault) || error.retry || FINAL.has(error.code)) throw error;
    deps.prompts.say(`This workstation's key could not be renewed, and stays: ${error.say} (${error.code})`);
    return undefined;
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
