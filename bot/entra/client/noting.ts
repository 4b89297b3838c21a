import { AsyncLocalStorage } from 'node:async_hooks';

const notes = new AsyncLocalStorage<Set<string>>();

/** Notes that a call that changes something was sent, for whoever listens. */
export function noteRequest(requestId: string): void {
  notes.getStore()?.add(requestId);
}

/**
 * Does some work and notes by which calls it has changed something in Entra, or may have: their `client-request-id`, by
 * which Graph's own activity log knows them too (`ClientRequestId`), so that a record of ours and one of Entra's can be
 * joined.
 * @param ids to which they are added, also where the work fails
 */
export function noting<T>(ids: Set<string>, work: () => Promise<T>): Promise<T> {
  return notes.run(ids, work);
}
