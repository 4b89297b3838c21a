import { keyCancelled } from '../hid/faults';
import { findKey } from '../operations/find-key';
import { type Key } from '../operations/key';
import { type Prompts } from '../operations/prompts';
import { type Registration } from '../operations/registrar';
import { Fault } from '../protocol/fault';
import { type ResultRequest, type StartReply } from '../protocol/messages';
import { type CheckedJob } from './check-job';
import { type Settled } from './deliver-result';
import { type JobDeps } from './job-deps';
import { type JournalEntry } from './job-journal';
import { jobWords } from './job-words';
import { madeResult, makePasskey } from './make-passkey';
import { retrying } from './retrying';
import { settleJob } from './settle-job';

const NUMBER_QUESTIONS = 3;

/**
 * Runs one checked job: says in its own words what will happen, finds the key, asks for the number that the chat shows
 * (typing it is the person's yes), makes the passkey, and has the service settle it. What goes wrong is told to the
 * service too, so that the ticket says why.
 */
export async function runJob(deps: JobDeps, job: CheckedJob): Promise<Settled> {
  const { prompts, tell, journal } = deps;
  const { claims } = job;
  const text = jobWords(claims);
  tell({ event: 'job', job: claims.jti, ticket: claims.ticket, text });
  for (const line of text) prompts.say(line);
  let key: Key | undefined;
  let made: Registration | undefined;
  // On disk from the first moment: whatever happens from here on, this job is never begun a second time.
  let entry = await journal.begin(job);
  let touched = false;
  try {
    key = await findKey({ prompts, signal: deps.signal, addresses: deps.devices });
    const started = await start(deps, claims.jti);
    entry = await journal.update({ ...entry, phase: 'making' });
    const watched = { ...prompts, touch: (words: string) => ((touched = true), prompts.touch(words)) };
    made = await makePasskey(key, claims, started, { prompts: watched, signal: deps.signal });
    entry = await journal.update({ ...entry, phase: 'result', result: madeResult(made, job.digest) });
    tell({ event: 'made', job: claims.jti, credentialId: Buffer.from(made.credentialId).toString('base64url') });
  } catch (error) {
    await key?.close();
    if (!(error instanceof Fault)) throw error;
    const result = failedResult(error, job.digest, touched);
    entry = await journal.update({ ...entry, phase: 'result', result });
    return settleJob(deps, entry, { why: error });
  }
  const { remove, forget } = made;
  try {
    return await settleJob(deps, entry, { remove });
  } finally {
    forget();
    await key.close();
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

/** Ends after which the key may hold a passkey that nobody knows of. */
const UNCLEAR = new Set(['key-gone', 'key-silent', 'key-too-slow', 'key-malformed', 'key-cancelled']);

function failedResult({ code }: Fault, jobDigest: string, touched: boolean): ResultRequest {
  const plain = code
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 48);
  return { outcome: 'failed', jobDigest, code: plain, orphan: touched && UNCLEAR.has(code) };
}

/** What a crash left behind is settled before anything new is begun. */
export async function settleUnfinished(deps: JobDeps, entry: JournalEntry): Promise<Settled> {
  if (entry.result) return settleJob(deps, entry, {});
  const result: ResultRequest = {
    outcome: 'failed',
    jobDigest: entry.digest,
    code: 'agent-stopped',
    orphan: entry.phase === 'making',
  };
  return settleJob(deps, await deps.journal.update({ ...entry, phase: 'result', result }), {});
}
