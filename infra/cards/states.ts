import { type Generation, type Job, type Passkey, type Ticket, type WorkstationRef } from '../../bot/tickets/ticket';
import { approvedTicket, type Cast, LATER, NOW, SOON, ticketOf } from './tickets';

/** One state that a ticket can be in. */
export interface State {
  name: string;
  ticket: Ticket;
}

export function workstationOf(cast: Cast): WorkstationRef {
  return { id: 'ws-1', name: cast.workstation, kind: 'own' };
}

const PASSKEY: Passkey = {
  methodId: 'pk-1',
  name: 'Keyvouch 2026-01-12',
  aaguid: 'cb69481e-8ff7-4039-93ec-0a2729a154a8',
  model: 'YubiKey 5 NFC',
  createdAt: NOW,
};

/** Every state of a ticket that one person opens for themselves or another, each by name. */
export function statesOf(cast: Cast): State[] {
  return [...deciding(cast), ...atWorkstation(cast), ...withPass(cast), ...stuckStates(cast), ...ends(cast)];
}

function deciding(cast: Cast): State[] {
  const rule = { ...ticketOf(cast).rule, needed: 2 };
  const approvers = [
    { ...cast.jonas, circle: 0, via: 'manager' as const },
    { ...cast.mira, circle: 0, via: 'group' as const },
  ];
  const first = { by: cast.jonas, at: NOW, how: 'called-back' as const };
  const risks = [
    ...['pass-live', 'no-employee-id', 'no-phone', 'account-new', 'vouch-off', 'a-new-kind-of-risk'].map((code) => ({
      code,
    })),
  ];
  return [
    { name: 'waiting', ticket: ticketOf(cast) },
    { name: 'waiting, with risks', ticket: ticketOf(cast, { risks }) },
    { name: 'waiting, one of two', ticket: ticketOf(cast, { rule, approvers, approvals: [first] }) },
    {
      name: 'waiting, not reached',
      ticket: ticketOf(cast, { unreached: [{ person: cast.jonas, code: 'not-installed' }] }),
    },
    { name: 'choose', ticket: approvedTicket(cast) },
    {
      name: 'code',
      ticket: approvedTicket(cast, ['choose'], { way: 'workstation', workstation: workstationOf(cast) }),
    },
    {
      name: 'code, one wrong',
      ticket: approvedTicket(cast, ['choose'], { way: 'workstation', workstation: workstationOf(cast), vouchTries: 1 }),
    },
  ];
}

function atWorkstation(cast: Cast): State[] {
  const workstation = workstationOf(cast);
  const base = { id: 'job-1', workstation, offeredAt: NOW, validUntil: LATER };
  const job = (change: Pick<Job, 'state'> & Partial<Job>): Ticket =>
    approvedTicket(cast, ['choose', 'vouch'], { way: 'workstation', workstation, job: { ...base, ...change } });
  return [
    { name: 'register', ticket: approvedTicket(cast, ['choose', 'vouch'], { way: 'workstation', workstation }) },
    { name: 'register, unpaired', ticket: approvedTicket(cast, ['choose', 'vouch'], { way: 'workstation' }) },
    { name: 'job offered', ticket: job({ state: 'offered' }) },
    { name: 'job started', ticket: job({ state: 'started', startedAt: NOW }) },
    { name: 'job made', ticket: job({ state: 'made', startedAt: NOW }) },
    { name: 'job failed', ticket: job({ state: 'failed', code: 'key-no-touch' }) },
    { name: 'job failed, workstation removed', ticket: job({ state: 'failed', code: 'workstation-removed' }) },
    { name: 'job failed, unknown code', ticket: job({ state: 'failed', code: 'key-on-fire' }) },
    {
      name: 'confirm',
      ticket: approvedTicket(cast, ['choose', 'vouch', 'register'], {
        way: 'workstation',
        workstation,
        job: { ...base, state: 'registered' },
      }),
    },
  ];
}

function withPass(cast: Cast): State[] {
  const issued: Generation = {
    number: 1,
    by: cast.anna,
    startedAt: NOW,
    state: 'issued',
    methodId: 'm',
    validUntil: LATER,
  };
  const ended: Generation = { ...issued, endedAt: NOW };
  const pass = (done: Parameters<typeof approvedTicket>[1], change: Partial<Ticket> = {}) =>
    approvedTicket(cast, ['choose', 'vouch', ...(done ?? [])], { way: 'pass', ...change });
  const prepared = { by: cast.anna, until: SOON };
  return [
    { name: 'show', ticket: pass([]) },
    { name: 'show, prepared', ticket: pass([], { prepared }) },
    { name: 'appear', ticket: pass(['show'], { generations: [issued] }) },
    { name: 'appear, prepared again', ticket: pass(['show'], { generations: [issued], prepared }) },
    { name: 'appear, pass ended', ticket: pass(['show'], { generations: [ended, { ...ended, number: 2 }] }) },
    { name: 'appear, used up', ticket: pass(['show'], { generations: [ended, ended, ended] }) },
    { name: 'tidy', ticket: pass(['show', 'appear'], { generations: [issued], passkey: PASSKEY }) },
  ];
}

function stuckStates(cast: Cast): State[] {
  const workstation = workstationOf(cast);
  const parked = { step: 'register' as const, code: 'graph-unreachable', at: NOW };
  const register = approvedTicket(cast, ['choose', 'vouch'], { way: 'workstation', workstation });
  return [
    {
      name: 'nobody may approve',
      ticket: ticketOf(cast, { approvers: [], parked: { step: 'approve', code: 'nobody-may-approve', at: NOW } }),
    },
    {
      name: 'code dead',
      ticket: approvedTicket(cast, ['choose'], {
        way: 'pass',
        vouchTries: 3,
        parked: { step: 'vouch', code: 'code-dead', at: NOW },
      }),
    },
    { name: 'parked', ticket: { ...register, parked } },
    { name: 'parked, taken over', ticket: { ...register, parked: { ...parked, takenBy: cast.otto } } },
    { name: 'parked, unknown code', ticket: { ...register, parked: { ...parked, code: 'quite-new' } } },
  ];
}

function ends(cast: Cast): State[] {
  const workstation = workstationOf(cast);
  const all = ['choose', 'vouch', 'register', 'confirm'] as const;
  const done = approvedTicket(cast, all, {
    status: 'done',
    closedAt: NOW,
    way: 'workstation',
    workstation,
    passkey: PASSKEY,
  });
  const denial = { by: cast.jonas, at: NOW, reason: 'I could not reach you on your number. Please call me first.' };
  const closed = { closedAt: NOW };
  return [
    { name: 'done', ticket: done },
    { name: 'done, signed in', ticket: { ...done, firstSignInAt: NOW } },
    { name: 'denied', ticket: ticketOf(cast, { status: 'denied', denial, ...closed }) },
    {
      name: 'cancelled',
      ticket: ticketOf(cast, { status: 'cancelled', cancellation: { by: cast.anna, at: NOW }, ...closed }),
    },
    { name: 'expired, undecided', ticket: ticketOf(cast, { status: 'expired', ...closed }) },
    {
      name: 'expired, unused',
      ticket: approvedTicket(cast, ['choose'], { status: 'expired', way: 'pass', ...closed }),
    },
    { name: 'frozen', ticket: approvedTicket(cast, ['choose'], { status: 'frozen', way: 'pass' }) },
  ];
}
