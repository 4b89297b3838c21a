import { type Key } from './key';
import { askSilently, listParts, type SilentQuestion } from './silent-question';

/**
 * Asks without a touch which of these credentials is on the key. Lists longer than the key takes are asked for in parts.
 *
 * @returns the first that was found, undefined for none, and 'unknown' where the key does not answer such questions
 */
export async function findOnKey(key: Key, question: SilentQuestion): Promise<Uint8Array | undefined | 'unknown'> {
  for (const credentialIds of listParts(key, question.rpId, question.credentialIds)) {
    const found = await askSilently(key, { ...question, credentialIds });
    if (found !== undefined) return found;
  }
  return undefined;
}
