import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { KEY_TYPE } from '../protocol/job';
import { SERVICE_KEYS_AT_MOST, type ServiceKeys } from '../protocol/messages';

/** A public key of the service, named by its own RFC 7638 thumbprint. */
export const PinnedKey = z.object({
  kid: z.string(),
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
});
export type PinnedKey = z.infer<typeof PinnedKey>;

const Endorsement = z.object({ jwk: PinnedKey });

/**
 * The keys to pin at the pairing, where nothing older can vouch for them: the channel does, and the person who compares
 * the words.
 * @throws Fault `service-keys-odd`
 */
export async function firstPins({ keys }: ServiceKeys): Promise<PinnedKey[]> {
  const parsed = z.array(PinnedKey).min(1).max(SERVICE_KEYS_AT_MOST).safeParse(keys);
  if (!parsed.success) throw odd(parsed.error);
  const pins: PinnedKey[] = [];
  for (const key of parsed.data) pins.push(await named(key));
  return pins;
}

/**
 * The pinned keys, and those that a pinned one endorses (a `keyvouch-key+jwt` with the new key in it), in any length of
 * chain. What nobody pinned has signed is not taken, and nothing pinned is dropped.
 * @returns the same array where nothing is new
 */
export async function withEndorsed(
  pinned: readonly PinnedKey[],
  { endorsements }: ServiceKeys,
): Promise<readonly PinnedKey[]> {
  const known = [...pinned];
  let waiting = endorsements.slice(0, SERVICE_KEYS_AT_MOST * 2);
  for (let before = -1; before !== known.length && known.length < SERVICE_KEYS_AT_MOST;) {
    before = known.length;
    const later: string[] = [];
    for (const jws of waiting) {
      const key = await endorsed(known, jws);
      if (!key) later.push(jws);
      else if (!known.some(({ kid }) => kid === key.kid)) known.push(key);
    }
    waiting = later;
  }
  return known.length === pinned.length ? pinned : known;
}

async function endorsed(known: readonly PinnedKey[], jws: string): Promise<PinnedKey | undefined> {
  const claims = await verifyPinned(known, KEY_TYPE, jws).catch(() => undefined);
  const parsed = Endorsement.safeParse(claims);
  return parsed.success ? named(parsed.data.jwk).catch(() => undefined) : undefined;
}

/**
 * Verifies a compact JWS of the service: algorithm, type and key are pinned.
 * @returns its claims, unparsed. @throws Error of jose, or that the key is not pinned
 */
export async function verifyPinned(pinned: readonly PinnedKey[], type: string, jws: string): Promise<unknown> {
  const { compactVerify, importJWK } = await import('jose');
  const { payload } = await compactVerify(
    jws,
    async ({ typ, kid }) => {
      const key = pinned.find((one) => one.kid === kid);
      if (typ !== type || !key) throw new Error('another type, or a key that is not pinned');
      return importJWK(key, 'ES256');
    },
    { algorithms: ['ES256'] },
  );
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as unknown;
}

/** A key whose name is truly its thumbprint, so that no name can be put on another key. */
async function named(key: PinnedKey): Promise<PinnedKey> {
  const { calculateJwkThumbprint } = await import('jose');
  const { kty, crv, x, y } = key;
  if ((await calculateJwkThumbprint({ kty, crv, x, y })) !== key.kid) throw odd();
  return key;
}

function odd(cause?: unknown): Fault {
  return new Fault({
    code: 'service-keys-odd',
    say: 'The service sent signing keys that this agent cannot use.',
    todo: 'Update the Keyvouch agent; if it stays so, ask your helpdesk.',
    cause,
  });
}
