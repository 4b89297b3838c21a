import { Fault } from '../protocol/fault';
import { type Prompts } from '../operations/prompts';
import { type Pairing, type PairingStore } from './pairing-file';
import { withEndorsed } from './pinned-keys';
import { pause, retrying } from './retrying';
import { type Service } from './service';

const LIMIT_MS = 10 * 60_000;
const ASK_AT_MOST_EVERY = 5;

/**
 * Waits until the person has confirmed the workstation in the chat.
 * @throws Fault `pairing-not-confirmed`, `pairing-declined`, `key-cancelled`
 */
export async function awaitConfirmation(
  deps: { service: Service; pairings: PairingStore; prompts: Prompts; signal?: AbortSignal | undefined },
  pairing: Pairing,
  limitMs = LIMIT_MS,
): Promise<Pairing> {
  const { service, pairings, prompts, signal } = deps;
  const end = Date.now() + limitMs;
  const waiting = prompts.progress('Waiting for you to confirm in the chat …');
  try {
    while (Date.now() < end) {
      const reply = await retrying(() => service.jobs(signal), { attempts: 5, signal }).catch((error: unknown) => {
        throw error instanceof Fault && error.code === 'workstation-not-paired' ? declined(error) : error;
      });
      if (reply.state === 'removed') throw declined();
      if (reply.state === 'active') {
        const pinned = [...(await withEndorsed(pairing.pinned, reply.serviceKeys))];
        const active: Pairing = { ...pairing, state: 'active', pinned };
        await pairings.write({ service: pairing.service, pairing: active });
        return active;
      }
      await pause(Math.min(reply.askAgainIn, ASK_AT_MOST_EVERY) * 1000, signal);
    }
  } finally {
    waiting.done();
  }
  throw new Fault({
    code: 'pairing-not-confirmed',
    say: 'Nobody has confirmed this workstation in the chat yet.',
    todo: 'Confirm it there, then run "keyvouch-agent run"; or pair again with a new code.',
    retry: true,
  });
}

function declined(cause?: unknown): Fault {
  return new Fault({
    code: 'pairing-declined',
    say: 'In the chat it was said that this workstation is not theirs, so it was not paired.',
    todo: 'If that was a mistake, type "pair" in the chat for a new code and pair again.',
    cause,
  });
}
