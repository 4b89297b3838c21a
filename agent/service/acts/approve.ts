import { signApproval } from '../../operations/sign-approval';
import { decodeCredentialId } from '../../protocol/credential-id';
import { type ActEnd, type Started } from './act';

/**
 * Has an approver sign the statement that they were shown (approval-words.ts). Nothing is written to the key.
 * @throws Fault `approval-other-key`, `key-no-verification`, and all of the PIN and the touch
 */
export async function approve({ key, job, prompts, signal }: Started<'approve'>): Promise<ActEnd<'approve'>> {
  const credentialIds = job.credentialIds.flatMap(decodeCredentialId);
  const signed = await signApproval(key, { statement: job.statement, credentialIds, prompts, signal });
  return { result: { outcome: 'approved', ...signed } };
}
