import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Fault } from '../../agent/protocol/fault';
import { formatPairingCode, pairingCodeFrom } from '../../agent/protocol/pairing-code';
import { Secret } from '../../agent/protocol/secret';
import { type Keys } from '../keys/keys';
import { type PairingCode, type WorkstationStore } from '../service/ports';

export const CODE_MINUTES = 10;
const CODE_TRIES = 5;

export interface CodeDeps {
  store: WorkstationStore;
  keys: Keys;
  now: () => Date;
}

/** Both parts of the code go into the keyed hash, so that a hash cannot be moved to another code. */
function hashOf(keys: Keys, publicPart: string, secretPart: string): string {
  return keys.derive('pairing-code', `${publicPart}~${secretPart}`).toString('base64url');
}

/** A new pairing code for a person: shown once, stored only as a keyed hash. */
export async function newCode(
  deps: CodeDeps,
  person: string,
  kind: 'own' | 'desk',
): Promise<{ code: Secret; expiresAt: string }> {
  const expiresAt = new Date(deps.now().getTime() + CODE_MINUTES * 60_000).toISOString();
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const parts = pairingCodeFrom(randomBytes(12));
    const secretHash = hashOf(deps.keys, parts.publicPart, parts.secretPart);
    const before = await deps.store.code(parts.publicPart);
    // The public part is short and comes round again: one that is still alive belongs to somebody.
    if (before && before.value.expiresAt > deps.now().toISOString() && !before.value.usedBy) continue;
    const code: PairingCode = {
      publicPart: parts.publicPart,
      secretHash,
      person,
      kind,
      expiresAt,
      triesLeft: CODE_TRIES,
    };
    if (await deps.store.putCode(code, before?.etag)) return { code: new Secret(formatPairingCode(parts)), expiresAt };
  }
  throw new Fault({
    code: 'pairing-code-busy',
    say: 'Keyvouch could not make a pairing code just now.',
    todo: 'Please try again in a minute.',
    retry: true,
  });
}

function refused(): Fault {
  return new Fault({
    code: 'pairing-code-wrong',
    say: 'This pairing code is wrong, has been used, or is over.',
    todo: 'Type "pair" in the chat with Keyvouch for a new one; it lives ten minutes.',
  });
}

/**
 * Uses a code up for a workstation. Each attempt costs a try before the secret part is compared, so that no number of
 * attempts at once gets more than five.
 */
export async function useCode(
  deps: CodeDeps,
  publicPart: string,
  secretPart: string,
  workstation: string,
): Promise<PairingCode> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const found = await deps.store.code(publicPart);
    const alive =
      found && found.value.expiresAt > deps.now().toISOString() && found.value.triesLeft > 0 && !found.value.usedBy;
    if (!alive) throw refused();
    const typed = Buffer.from(hashOf(deps.keys, publicPart, secretPart));
    const right = timingSafeEqual(typed, Buffer.from(found.value.secretHash));
    const after = { ...found.value, triesLeft: found.value.triesLeft - 1, ...(right && { usedBy: workstation }) };
    if (!(await deps.store.putCode(after, found.etag))) continue;
    if (!right) throw refused();
    return after;
  }
  throw refused();
}
