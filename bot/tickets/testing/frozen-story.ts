import { type Open } from '../commands';
import { SERVICE } from '../people';
import { viewOf } from '../view';
import { ADA, approved, facts, FINE, issue, jobStarted, OLD_KEYS, OWN, PASSKEY, person, type Story } from './story';

export const IVY = facts('ivy');
export const MARY = facts('mary');
export const told = { person: { id: MARY.id, name: MARY.name }, via: 'manager' } as const;
/** Watched: somebody beside the subject hears of it. */
export const LOST: Partial<Open> = {
  ...{ flow: 'lost-key', passkeysBefore: ['old-1', 'old-2'], strongMethods: 2, removes: OLD_KEYS.slice(0, 1), told },
};
export const PASS: Partial<Open> = { flow: 'pass', told };

export const freeze = (blocks = false) => ({ kind: 'freeze', via: 'chat', blocks }) as const;
export const nothingFound = { kind: 'passkeys-taken-back', methodIds: [] } as const;
export const revoked = { kind: 'sessions-revoked' } as const;
/** The buttons that this person has. */
export const can = (one: Story, who: typeof ADA, helpdesk = false) =>
  viewOf(one.ticket, { ...who, helpdesk }, one.at)?.can ?? [];

/** With a pass shown, of a ticket that is watched. */
export function shown(open: Partial<Open> = LOST): Story {
  const chosen =
    open.flow === 'pass' ? approved(open) : approved(open).then(person(ADA), { kind: 'choose', way: 'pass' });
  return issue(
    chosen
      .then(person(ADA), { kind: 'vouch', matches: true })
      .then(person(ADA), { kind: 'prepare-show', standing: FINE })
      .then(person(ADA), { kind: 'show', standing: FINE, passkeysBefore: ['old-1'] }),
  );
}

export function atWorkstation(open: Partial<Open> = LOST): Story {
  return jobStarted(
    approved(open)
      .then(person(ADA), { kind: 'choose', way: 'workstation', workstation: OWN })
      .then(person(ADA), { kind: 'vouch', matches: true }),
  );
}

/** The pass is used, the old key is gone, the ticket is done: the thief has finished. */
export function done(): Story {
  return shown()
    .wait(30)
    .then(SERVICE, { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY })
    .then(SERVICE, { kind: 'pass-ended', generation: 1, how: 'deleted' })
    .then(SERVICE, { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted' })
    .then(SERVICE, revoked);
}

export function frozen(blocks = false): Story {
  return done().wait(60).then(person(ADA), freeze(blocks));
}
