import { hasCredential, type Passkey } from '../entra';
import { verifyFreeze } from '../service/freeze-proof';
import { lightUntil, type TakesBack, takesBack } from '../tickets/freeze';
import { LIGHT_SECONDS } from '../tickets/reactions';
import { plusSeconds } from '../tickets/time';
import { DONE, type Run } from './effect';

/** Entra's clock and ours may differ by so much. */
const SKEW_SECONDS = 60;

function isOfThisTicket(passkey: Passkey, { methodIds, credentialId, made, known }: TakesBack): boolean {
  if (known.includes(passkey.id)) return false;
  if (methodIds.includes(passkey.id)) return true;
  if (credentialId !== undefined && hasCredential([passkey], new Uint8Array(Buffer.from(credentialId, 'base64url'))))
    return true;
  const at = passkey.createdAt?.toISOString();
  return made !== undefined && at !== undefined && at >= plusSeconds(made.from, -SKEW_SECONDS) && at <= made.until;
}

/**
 * Takes every passkey that a frozen ticket brought off the account, and looks again for as long as another may come to
 * light: a list of Entra lags, and a session that a pass opened can still be used for a while. It needs no approval, for
 * it only takes away; what it may take is signed.
 */
export const takeBackPasskeys: Run<'take-back-passkeys'> = async (deps, ticket) => {
  const { status, freeze, subject } = ticket;
  if (status !== 'frozen' || !freeze || freeze.thawed) return DONE;
  await verifyFreeze(deps, ticket);
  const scope = takesBack(ticket);
  const found = (await deps.entra.passkeys.list(subject.id)).filter((passkey) => isOfThisTicket(passkey, scope));
  for (const { id } of found) await deps.entra.passkeys.delete(subject.id, id);
  const fresh = found.map(({ id }) => id).filter((id) => !freeze.takenBack.includes(id));
  if (fresh.length > 0 || !freeze.takenBackAt) {
    return { kind: 'outcome', command: { kind: 'passkeys-taken-back', methodIds: fresh } };
  }
  const next = plusSeconds(deps.now().toISOString(), LIGHT_SECONDS);
  return next < lightUntil(ticket) ? { kind: 'again', at: next } : DONE;
};
