import { keyCancelled } from '../hid/faults';
import { type Key } from '../operations/key';
import { type Prompts } from '../operations/prompts';
import { keyOf, registrarFor } from '../platform/registrars';
import { Fault } from '../protocol/fault';
import { type ResultRequest, type StartReply } from '../protocol/messages';
import { type ActEnd } from './acts/act';
import { perform } from './acts/perform';
import { recover } from './acts/recover';
import { isUnclear } from './acts/unclear';
import { agreeToApprovers } from './approver-keys';
import { type CheckedJob } from './check-job';
import { type Settled } from './deliver-result';
import { type JobDeps } from './job-deps';
import { type JournalEntry } from './job-journal';
import { jobWords } from './job-words';
import { retrying } from './retrying';
import { settleJob } from './settle-job';

const NUMBER_QUESTIONS = 3;

/**
 * Runs one checked job: says in its own words what will happen, finds the key, asks for the number that the chat shows
 * (typing it is the person's yes to begin), does what the job's act says, and has the service settle it. What goes wrong
 * is told to the service too, so that the ticket says why.
 */
export async function runJob(deps: JobDeps, job: CheckedJob): Promise<Settled> {
  const { prompts, tell, journal, signal, devices } = deps;
  const { claims } = job;
  const text = jobWords(claims, deps.kind);
  tell({ event: 'job', job: claims.jti, ticket: claims.ticket, text });
  for (const line of text) prompts.say(line);
  let key: Key | undefined;
  let end: ActEnd;
  // On disk from the first moment: whatever happens from here on, this job is never begun a second time.
  let entry = await journal.begin(job);
  const told = { touch: false };
  try {
    if (claims.act !== 'approve') await agreeToApprovers(claims.approvals ?? [], deps);
    const opened = await (deps.openRegistrar ?? registrarFor)({ prompts, signal, addresses: devices });
    key = opened.key;
    // Where Windows keeps the key's line to itself, registering is all that can be done.
    if (claims.act !== 'register') keyOf(opened);
    const started = await start(deps, claims.jti);
    end = await perform(claims, started, {
      opened,
      prompts: { ...prompts, touch: (words) => ((told.touch = true), prompts.touch(words)) },
      signal,
      tell,
      devices,
      writing: async (writing) => void (entry = await journal.update({ ...entry, phase: 'writing', writing })),
      making: async () => void (entry = await journal.update({ ...entry, phase: 'making' })),
      holds: (again) => void (key = again),
    });
    entry = await journal.update({ ...entry, phase: 'result', result: resultOf(end.result, job.digest) });
  } catch (error) {
    await key?.close();
    if (!(error instanceof Fault)) throw error;
    const orphan = claims.act === 'register' && told.touch && isUnclear(error);
    const result = failedResult(error, job.digest, orphan);
    entry = await journal.update({ ...entry, phase: 'result', result });
    return settleJob(deps, entry, { why: error });
  }
  const { remove, forget } = end;
  try {
    return await settleJob(deps, entry, remove ? { remove } : {});
  } finally {
    forget?.();
    await key?.close();
  }
}

async function start({ service, prompts, tell, signal }: JobDeps, job: string): Promise<StartReply> {
  tell({ event: 'need-number', job });
  const number = await askNumber(prompts, signal);
  return retrying(() => service.start(job, number, signal), {
    attempts: 4,
    signal,
    onRetry: ({ say }) => prompts.say(`${say} Trying again …`),
  });
}

/** Two digits. What is no number costs nothing; a wrong one ends the job. */
async function askNumber(prompts: Prompts, signal: AbortSignal | undefined): Promise<string> {
  for (let question = 0; question < NUMBER_QUESTIONS; question++) {
    const typed = (await prompts.ask('Type the number that the chat shows for this job (one try):', signal)).trim();
    if (/^\d{2}$/.test(typed)) return typed;
    prompts.say('The number has two digits.');
  }
  throw keyCancelled();
}

function resultOf(result: ActEnd['result'], jobDigest: string): ResultRequest {
  return { ...result, jobDigest };
}

function failedResult({ code }: Fault, jobDigest: string, orphan: boolean): ResultRequest {
  const plain = code
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 48);
  return { outcome: 'failed', jobDigest, code: plain, orphan };
}

/**
 * What a crash left behind is settled before anything new is begun: a result that lies there is sent, and where there
 * is none it is looked what came of the job.
 */
export async function settleUnfinished(deps: JobDeps, entry: JournalEntry): Promise<Settled> {
  const { prompts, signal, devices, journal } = deps;
  if (entry.result) return settleJob(deps, entry, {});
  const orphan = entry.phase === 'making';
  const { result, why } = await recover(entry, { prompts, signal, devices }).then(
    (good) => ({ result: resultOf(good, entry.digest), why: undefined }),
    (error: unknown) => {
      // Called off here, it is looked at again at the next start.
      if (!(error instanceof Fault) || error.code === 'key-cancelled') throw error;
      return { result: failedResult(error, entry.digest, orphan), why: error };
    },
  );
  return settleJob(deps, await journal.update({ ...entry, phase: 'result', result }), why ? { why } : {});
}
