import { join } from 'node:path';
import { loadState } from '../entra/store';
import { eventually } from './eventually';

/** What the stand-in for Entra really holds of one account, whatever the page shows. */
export interface Account {
  /** Every pass that was ever made. */
  passes: readonly { alive: boolean; used: boolean; endedBy: 'deleted' | 'replaced' | null }[];
  /** Names of the passkeys that can be used. */
  passkeys: readonly string[];
  /** Methods of the sign-ins that succeeded, oldest first. */
  signIns: readonly string[];
}

export interface Tenant {
  account(person: { id: string }): Account;
  /** Waits until an account is so. @throws Error with the account as it is. */
  until(what: string, person: { id: string }, holds: (account: Account) => boolean): Promise<Account>;
}

/** Reads the tenant from the stand-in's own file, which is written whole at every change. */
export function tenantIn(folder: string): Tenant {
  const account: Tenant['account'] = ({ id }) => {
    const state = loadState(join(folder, 'entra.json'));
    if (!state) throw new Error('the stand-in for Entra has not written its file');
    const { methods, logs } = state;
    return {
      passes: methods.passes
        .filter(({ userId }) => userId === id)
        .map(({ endedAt, usedAt, endedBy }) => ({ alive: endedAt === null, used: usedAt !== null, endedBy })),
      passkeys: methods.passkeys
        .filter(({ userId, endedAt }) => userId === id && endedAt === null)
        .map(({ displayName }) => displayName ?? ''),
      signIns: logs.signIns
        .filter(({ userId, errorCode }) => userId === id && errorCode === 0)
        .map(({ method }) => method),
    };
  };
  return {
    account,
    until: (what, person, holds) =>
      eventually(
        `Entra: ${what}`,
        () => {
          const now = account(person);
          return holds(now) ? now : undefined;
        },
        { seen: () => account(person) },
      ),
  };
}

/** The account of somebody for whom nothing was done. */
export const untouched = ({ passes, passkeys, signIns }: Account): boolean =>
  passes.length === 0 && passkeys.length === 0 && signIns.length === 0;
