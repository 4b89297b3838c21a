import { randomBytes } from 'node:crypto';
import { findPerson } from '../directory';
import { endOf, livePass, usabilityOf } from '../passes/usability';
import { isPassValue } from '../passes/value';
import type { Tenant } from '../tenant';
import { failed, succeeded, type SignInResult } from './outcome';

/**
 * A sign-in with a pass, as the browser would do it. A pass for one use is spent by it, also where the tenant then asks
 * for the old passkey and lets nobody in.
 */
export const signInWithPass = (tenant: Tenant, upn: string, typed: string): SignInResult => {
  const person = findPerson(tenant.state.directory, upn);
  const attempt = { upn, person, method: 'Temporary Access Pass', methodDetail: null } as const;
  if (!person) return failed(tenant, attempt, 'unknownUser');
  if (!person.accountEnabled) return failed(tenant, attempt, 'disabled');
  const pass = livePass(tenant, person.id);
  if (!pass || !isPassValue(typed, pass)) return failed(tenant, attempt, 'wrongPass');
  const now = tenant.clock.now();
  const { passUnusableMs, askForOldPasskeyAfterPass } = tenant.switches.get();
  if (now - pass.createdAt < passUnusableMs) return failed(tenant, attempt, 'wrongPass');
  switch (usabilityOf(tenant, person, pass)) {
    case 'DisabledByPolicy':
    case 'OneTimeUsed':
      return failed(tenant, attempt, 'passBlocked');
    case 'Expired':
    case 'NotYetValid':
      return failed(tenant, attempt, 'passExpired');
    case 'EnabledByPolicy':
      break;
  }

  const hasPasskey = tenant.state.methods.passkeys.some((one) => one.userId === person.id && one.endedAt === null);
  const asked = askForOldPasskeyAfterPass && hasPasskey;
  const session = asked ? undefined : randomBytes(18).toString('base64url');
  tenant.store.change('pass-used', person.id, ({ logs }) => {
    pass.usedAt = now;
    logs.sessions = logs.sessions.filter((one) => one.endsAt > now);
    // What was got with a pass ends with the pass.
    if (session !== undefined) {
      logs.sessions.push({ id: session, userId: person.id, passId: pass.id, startedAt: now, endsAt: endOf(pass) });
    }
  });
  return session === undefined ? failed(tenant, attempt, 'oldPasskeyWanted') : succeeded(tenant, attempt, session);
};
