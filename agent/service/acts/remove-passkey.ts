import { credentialManagementCommand } from '../../ctap/credential-management';
import { type Key } from '../../operations/key';
import { listPasskeys } from '../../operations/passkeys';
import { removeCredential } from '../../operations/remove-credential';
import { type Dialogue } from '../../operations/set-pin';
import { decodeCredentialId } from '../../protocol/credential-id';
import { ENTRA_RP_ID } from '../../protocol/job';
import { type ActEnd, type Good, type Started } from './act';
import { passkeysOnKey } from './passkeys-on-key';
import { askYes, nameOfKey } from './yes';

/**
 * Takes one passkey off the key. It looks first: one that is not there is no failure, and the result says so; one of
 * another site is never found, whatever its id.
 * @throws Fault `job-declined`, `key-cannot-delete`, and all of the PIN
 */
export async function removePasskey(started: Started<'remove-passkey'>): Promise<ActEnd<'remove-passkey'>> {
  const { key, job, prompts, signal } = started;
  const { aaguid } = key.info;
  const end = (passkey: Good<'remove-passkey'>['passkey']) => ({
    result: { outcome: 'removed', passkey, aaguid } as const,
  });
  const there = await findPasskey(key, job.credentialId, { prompts, signal });
  if (!there) {
    prompts.say('This passkey was not found on the key that is plugged in. Nothing was written to it.');
    return end('absent');
  }
  await askYes(prompts, `Take this one passkey off the security key ${nameOfKey(key)}?`, signal);
  await started.writing({ what: 'removing', aaguid, credentialId: job.credentialId });
  await removeCredential(key, there, { prompts, signal });
  prompts.say('The passkey is off the key.');
  return end('removed');
}

/** The passkey's id in bytes where it is on the key: asked silently, and where that does not tell, with the PIN. */
async function findPasskey(key: Key, id: string, dialogue: Dialogue): Promise<Uint8Array | undefined> {
  const readings = decodeCredentialId(id);
  for (const reading of readings) {
    const answered = await passkeysOnKey(key, [Buffer.from(reading).toString('base64url')], dialogue.signal);
    if (answered !== 'unknown' && answered.length > 0) return reading;
  }
  if (credentialManagementCommand(key.info) === undefined) return undefined;
  const closer = 'This passkey does not answer from the key. Some do only with its PIN. Look with the PIN?';
  if (!(await dialogue.prompts.confirm(closer, dialogue.signal))) return undefined;
  const passkeys = await listPasskeys(key, dialogue);
  const ours = passkeys.filter(({ rpId }) => rpId === ENTRA_RP_ID).map(({ credentialId }) => credentialId);
  return ours.find((one) => readings.some((reading) => Buffer.compare(reading, one) === 0));
}
