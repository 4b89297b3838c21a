import { Fault } from '../../../../agent/protocol/fault';
import { Secret } from '../../../../agent/protocol/secret';
import { type EntraStandIn, type SignInResult, type View } from '../../entra';
import { type AccountPass, type AccountView, type Attempt, type EntraPort } from '../ports';

/** The tenant as the page shows it. @param device Address of the key on the desk: `tcp:127.0.0.1:PORT`. */
export function entraPort(entra: EntraStandIn, device: string): EntraPort {
  const upn = (userId: string): string => entra.view(userId).userPrincipalName;
  const key = (pin: string) => ({ device, pin: new Secret(pin) });
  return {
    view: async (userId) => accountOf(entra.view(userId)),
    signInWithPass: async (userId, pass) => {
      const result = entra.signInWithPass(upn(userId), pass);
      if (!result.ok) return { ok: false, say: result.reason };
      return {
        ok: true,
        say: 'Signed in with the pass. Security info is open: a security key can be added now.',
        ...(result.session !== undefined && { session: result.session }),
      };
    },
    signInWithKey: (userId, { pin }) =>
      attempt(async () => {
        const result: SignInResult = await entra.signInWithKey(upn(userId), key(pin));
        return { ok: result.ok, say: result.ok ? 'Signed in with the security key.' : result.reason };
      }),
    registerAtSecurityInfo: (userId, session, { pin, name }) =>
      attempt(async () => {
        const result = await entra.registerAtSecurityInfo(upn(userId), session, key(pin), name || undefined);
        return result.ok
          ? { ok: true, say: 'The security key was added. From now on it is how this person signs in.' }
          : { ok: false, say: result.reason };
      }),
    subscribe: (changed) => entra.subscribe(changed),
  };
}

/** What the key refuses is an answer too. */
async function attempt(work: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) return { ok: false, say: `${error.say} ${error.todo}` };
    throw error;
  }
}

const PASS_STATES: Record<string, AccountPass['state']> = {
  EnabledByPolicy: 'usable',
  NotYetValid: 'not-yet',
  OneTimeUsed: 'used',
};

function accountOf(view: View): AccountView {
  const pass = view.passes.findLast(({ alive }) => alive);
  return {
    userId: view.id,
    name: view.displayName,
    upn: view.userPrincipalName,
    enabled: view.accountEnabled,
    passkeys: view.passkeys
      .filter(({ alive }) => alive)
      .map(({ id, displayName, model, aaGuid, createdAt }) => ({
        id,
        name: displayName ?? 'Passkey',
        model: model ?? aaGuid,
        createdAt,
      })),
    ...(pass && {
      pass: {
        state: PASS_STATES[pass.usability ?? ''] ?? 'expired',
        startsAt: pass.startsAt,
        endsAt: pass.endsAt,
        once: pass.isUsableOnce,
      },
    }),
    otherMethods: view.otherMethods.map(({ kind, detail }) => (detail === null ? kind : `${kind} (${detail})`)),
    signIns: view.signIns
      .map(({ id, at, method, errorCode, failureReason }) => ({
        id,
        at,
        method,
        ok: errorCode === 0,
        app: 'My Signins',
        reason: errorCode === 0 ? '' : failureReason,
      }))
      .toReversed(),
  };
}
