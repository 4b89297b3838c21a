import { Fault } from '../protocol/fault';
import { type JobStateReply } from '../protocol/messages';
import { type JobJournal, type JournalEntry } from './job-journal';
import { pause, retrying } from './retrying';
import { type Service } from './service';

const SETTLE_MS = 15 * 60_000;
const SEND_ATTEMPTS = 40;
const LOOKS_AFTER_REFUSAL = 5;

export interface Delivery {
  service: Service;
  journal: JobJournal;
  signal?: AbortSignal | undefined;
  /** Milliseconds between two looks at a job that Entra still works on. Default 1500. */
  lookEveryMs?: number;
  onRetry?: (fault: Fault) => void;
}

/** What became of a job, as the service says; `said` is why, where it refused. */
export interface Settled {
  state: 'registered' | 'done' | 'failed';
  code: string | undefined;
  /** `true` only where the service says so: a passkey that Entra knows is never taken off the key. */
  removeCredential: boolean;
  said?: Fault;
}

/**
 * Sends a result that lies in the journal, the same one each time, until the service has a definite answer, and waits
 * until the job is settled. It stays in the journal for the next start when that cannot be had now.
 * @throws Fault `service-unreachable`, `job-unsettled`, `clock-off`, `key-cancelled` …
 */
export async function deliverResult(delivery: Delivery, entry: JournalEntry): Promise<Settled> {
  const { service, journal, signal, onRetry } = delivery;
  const { id, result } = entry;
  const patience = { attempts: SEND_ATTEMPTS, signal, ...(onRetry && { onRetry }) };
  let said: Fault | undefined;
  if (result) {
    await retrying(() => service.result(id, result, signal), patience).catch((error: unknown) => {
      if (!isAnswer(error)) throw error;
      said = error;
    });
  }
  const settled = await settle(delivery, id, said).catch((error: unknown): Settled => {
    if (!isAnswer(error)) throw error;
    return { state: 'failed', code: (said ?? error).code, removeCredential: false, said: said ?? error };
  });
  await journal.update({ ...entry, phase: 'over' });
  return said && settled.state === 'failed' ? { ...settled, said } : settled;
}

/** @param refused Why the service did not take the result, where it did not. */
async function settle(
  { service, signal, lookEveryMs = 1500, onRetry }: Delivery,
  job: string,
  refused: Fault | undefined,
): Promise<Settled> {
  const end = Date.now() + SETTLE_MS;
  let looksLeft = LOOKS_AFTER_REFUSAL;
  const patience = { attempts: SEND_ATTEMPTS, signal, ...(onRetry && { onRetry }) };
  for (;;) {
    const reply: JobStateReply = await retrying(() => service.state(job, signal), patience);
    const { state, code, removeCredential } = reply;
    if (state === 'registered' || state === 'done' || state === 'failed') return { state, code, removeCredential };
    // A result that came twice may be refused while the first one is being worked on; one that never counted is over.
    const idle = state === 'offered' || state === 'started';
    if (refused && idle && --looksLeft <= 0) return { state: 'failed', code: refused.code, removeCredential: false };
    if (Date.now() > end) throw unsettled();
    await pause(lookEveryMs, signal);
  }
}

/** Whether the service has spoken about this job, and will say the same again. Of a bad clock or proof it has not. */
function isAnswer(error: unknown): error is Fault {
  if (!(error instanceof Fault) || error.retry) return false;
  const { status } = error.facts;
  return typeof status === 'number' && [400, 403, 404, 409, 413].includes(status) && error.code !== 'service-reply-odd';
}

function unsettled(): Fault {
  return new Fault({
    code: 'job-unsettled',
    say: 'Entra has not said yet whether it takes the passkey.',
    todo: 'Look at your request in the chat; the agent asks again when it is started next.',
    retry: true,
  });
}
