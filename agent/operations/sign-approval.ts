import { createHash } from 'node:crypto';
import { parseAuthData } from '../ctap/auth-data';
import { hasStatus } from '../ctap/ctap-fault';
import { type Assertion, getAssertion } from '../ctap/get-assertion';
import { PERMISSION, type PinToken } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { keyMalformed } from '../hid/faults';
import { type ApprovalStatement, approvalClientData } from '../protocol/approval-statement';
import { encodeBase64Url } from '../protocol/credential-id';
import { Fault } from '../protocol/fault';
import { ENTRA_RP_ID } from '../protocol/job';
import { type ApprovalAssertion } from '../protocol/signed-approval';
import { passkeyOnKey } from './assert';
import { type Key } from './key';
import { type Dialogue } from './set-pin';
import { listParts } from './silent-question';
import { withTouch } from './touch';
import { withToken } from './user-verification';

export interface ApprovalRequest extends Dialogue {
  statement: ApprovalStatement;
  /** The passkeys of the approver that may sign. */
  credentialIds: readonly Uint8Array[];
}

/**
 * Has the approver's key sign a statement, with PIN or fingerprint and a touch. What is signed is made here, of the
 * statement that the person was shown, and is no sign-in (see approval-statement.ts).
 *
 * @throws Fault `approval-other-key` where none of the passkeys is on this key, `key-no-verification` for a key without
 *   PIN and fingerprint, `key-no-touch`, `key-malformed`, and all of the PIN
 */
export async function signApproval(key: Key, request: ApprovalRequest): Promise<ApprovalAssertion> {
  const { credentialIds, prompts, signal } = request;
  // One that answers only to a verified person stays silent here, so that an empty answer does not end it yet.
  const answered = await passkeyOnKey(key, { rpId: ENTRA_RP_ID, credentialIds, signal });
  const there = answered === 'unknown' || answered.length === 0 ? credentialIds : answered;
  const parts = listParts(key, ENTRA_RP_ID, there);
  const permission = { permissions: PERMISSION.getAssertion, rpId: ENTRA_RP_ID };
  return withToken(key, permission, { prompts, signal }, async ({ token }) => {
    for (const part of parts) {
      const signed = await signWith(key, part, token, request);
      if (signed) return signed;
    }
    throw otherKey();
  });
}

/** Undefined: none of these is on the key. */
async function signWith(
  key: Key,
  allowList: readonly Uint8Array[],
  token: PinToken,
  { statement, prompts, signal }: ApprovalRequest,
): Promise<ApprovalAssertion | undefined> {
  const clientDataHash = Uint8Array.from(createHash('sha256').update(approvalClientData(statement)).digest());
  const question = { rpId: ENTRA_RP_ID, clientDataHash, allowList, userPresence: true, token };
  try {
    return await withTouch(prompts, 'Touch the key to sign your approval.', async (onKeepalive) =>
      readAnswer(await getAssertion(key.ctap, question, { signal, onKeepalive }), allowList),
    );
  } catch (error) {
    if (hasStatus(error, STATUS.NO_CREDENTIALS)) return undefined;
    throw error;
  }
}

function readAnswer({ authData, credentialId, signature }: Assertion, asked: readonly Uint8Array[]): ApprovalAssertion {
  const { userPresent, userVerified } = parseAuthData(authData);
  if (!userPresent || !userVerified) throw keyMalformed('the signature was made without its person');
  const named = asked.find((id) => credentialId && Buffer.compare(id, credentialId) === 0);
  if (!named) throw keyMalformed('the signature is of a passkey that was not asked for');
  return {
    credentialId: encodeBase64Url(named),
    authenticatorData: encodeBase64Url(authData),
    signature: encodeBase64Url(signature),
  };
}

function otherKey(): Fault {
  return new Fault({
    code: 'approval-other-key',
    say: 'This security key holds none of the passkeys with which you can sign an approval.',
    todo: 'Plug in the key that you got through Keyvouch, and press Approve again.',
  });
}
