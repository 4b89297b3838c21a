import { passkeyOnKey } from '../../operations/assert';
import { type Key } from '../../operations/key';
import { decodeCredentialId } from '../../protocol/credential-id';
import { ENTRA_RP_ID } from '../../protocol/job';

/**
 * Which of the passkeys that Entra holds are on the key, asked silently: no PIN, no touch, over random bytes of our own.
 * One that answers only to a verified person (credProtect 3) does not show.
 *
 * @param ids as Entra spells them
 * @returns those that answered, in the same spelling; 'unknown' where the key answers no such question
 */
export async function passkeysOnKey(
  key: Key,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<string[] | 'unknown'> {
  const readings = ids.map((id) => ({ id, bytes: decodeCredentialId(id) }));
  const credentialIds = readings.flatMap(({ bytes }) => bytes);
  if (credentialIds.length === 0) return [];
  const answered = await passkeyOnKey(key, { rpId: ENTRA_RP_ID, credentialIds, signal });
  if (answered === 'unknown') return 'unknown';
  return readings.filter(({ bytes }) => bytes.some((one) => answered.includes(one))).map(({ id }) => id);
}
