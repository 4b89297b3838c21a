import { randomUUID } from 'node:crypto';
import type { Person } from '../directory-schema';
import type { SignIn } from '../log-schema';
import type { Tenant } from '../tenant';

/** Why a sign-in failed, as the log writes it: an AADSTS number and its text. Numbers may change; only tests look at them. */
export const FAILURES = {
  unknownUser: { errorCode: 50034, failureReason: 'The user account does not exist in the directory.' },
  disabled: { errorCode: 50057, failureReason: 'The user account is disabled.' },
  wrongPass: { errorCode: 50126, failureReason: 'Error validating credentials due to invalid Temporary Access Pass.' },
  passBlocked: {
    errorCode: 130501,
    failureReason: 'Temporary Access Pass sign in was blocked due to User Credential Policy.',
  },
  passExpired: { errorCode: 130503, failureReason: 'Temporary Access Pass has expired or is not valid yet.' },
  oldPasskeyWanted: { errorCode: 50074, failureReason: 'Strong Authentication is required.' },
  unknownPasskey: { errorCode: 135010, failureReason: 'KeyNotFound - The key was not found.' },
  passkeyBlocked: { errorCode: 130501, failureReason: 'Sign in was blocked due to User Credential Policy.' },
  badAssertion: { errorCode: 50127, failureReason: 'The assertion of the passkey could not be verified.' },
} as const;
export type Failure = keyof typeof FAILURES;

/** How a sign-in ended. `session` is there after a pass, for Security info. */
export type SignInResult =
  | { ok: true; signInId: string; session?: string }
  | { ok: false; signInId: string; failure: Failure; errorCode: number; reason: string };

const NOBODY = '00000000-0000-0000-0000-000000000000';
const APP = { appId: '19db86c3-b2b9-44cc-b339-36da233a3be2', appDisplayName: 'My Signins' };
const KEPT = 5000;

interface Attempt {
  upn: string;
  person: Person | undefined;
  method: 'Temporary Access Pass' | 'Passkey (device-bound)';
  methodDetail: string | null;
}

/** Writes the row of the sign-in log and gives its id; the row appears in Graph after the log's delay. */
const writeRow = (tenant: Tenant, attempt: Attempt, end: Pick<SignIn, 'errorCode' | 'failureReason'>): string => {
  const row: SignIn = {
    id: randomUUID(),
    at: tenant.clock.now(),
    userId: attempt.person?.id ?? NOBODY,
    userPrincipalName: attempt.person?.userPrincipalName ?? attempt.upn,
    userDisplayName: attempt.person?.displayName ?? attempt.upn,
    ...APP,
    ...end,
    method: attempt.method,
    methodDetail: attempt.methodDetail,
    resultDetail: end.errorCode === 0 ? 'MFA requirement satisfied by strong authentication' : end.failureReason,
  };
  tenant.store.change('sign-in', attempt.person?.id, ({ logs }) => {
    logs.signIns.push(row);
    if (logs.signIns.length > KEPT) logs.signIns.splice(0, logs.signIns.length - KEPT);
  });
  return row.id;
};

export const failed = (tenant: Tenant, attempt: Attempt, failure: Failure): SignInResult => {
  const { errorCode, failureReason } = FAILURES[failure];
  const signInId = writeRow(tenant, attempt, { errorCode, failureReason });
  return { ok: false, signInId, failure, errorCode, reason: failureReason };
};

export const succeeded = (tenant: Tenant, attempt: Attempt, session?: string): SignInResult => {
  const signInId = writeRow(tenant, attempt, { errorCode: 0, failureReason: 'Other.' });
  return { ok: true, signInId, ...(session === undefined ? {} : { session }) };
};
