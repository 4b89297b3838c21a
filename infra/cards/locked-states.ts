import { type PinFound, verdictOf } from '../../bot/tickets/diagnosis';
import { type Diagnosis } from '../../bot/tickets/diagnosis';
import { type Job, type Removal, type Ticket } from '../../bot/tickets/ticket';
import { OLD_KEYS } from './other-flows';
import { type State, workstationOf } from './states';
import { approvedTicket, type Cast, LATER, NOW, ticketOf } from './tickets';

const AAGUID = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
const BLOCKED: PinFound = { set: true, retriesLeft: 0, blocked: 'for-ever', changeForced: false };
const OPEN: PinFound = { set: true, retriesLeft: 3, blocked: 'no', changeForced: false };

/** How a key was found, by its PIN. */
function found(pin: PinFound, more: Partial<Diagnosis> = {}): Diagnosis {
  const passkeys = OLD_KEYS.map((one, at) => (at === 0 ? { ...one, aaguid: AAGUID } : one));
  return {
    ...{ at: NOW, aaguid: AAGUID, model: 'YubiKey 5 NFC', verdict: verdictOf(pin), pin, modelAllowed: true },
    ...{ answers: true, passkeys, ...more },
  };
}

const removing = (state: Removal['state']): readonly Removal[] =>
  OLD_KEYS.slice(0, 1).map((passkey) => ({ passkey, state, ...(state === 'removed' && { removedAt: NOW }) }));

/** States of a key that does not open: looked at, told, erased, set up anew. */
export function lockedStates(cast: Cast): State[] {
  const workstation = workstationOf(cast);
  const base = { id: 'job-1', workstation, offeredAt: NOW, validUntil: LATER };
  const job = (change: Pick<Job, 'state' | 'act'> & Partial<Job>): Job => ({ ...base, ...change });
  const locked = (change: Partial<Ticket>): Partial<Ticket> => ({
    flow: 'locked-pin',
    passkeysBefore: ['old-1'],
    ...change,
  });
  const before = (name: string, change: Partial<Ticket>): State => ({
    name: `locked key, ${name}`,
    ticket: ticketOf(cast, locked({ askedCircle: -1, workstation, ...change })),
  });
  const told = (name: string, pin: PinFound, more: Partial<Diagnosis> = {}): State =>
    before(name, {
      diagnosis: found(pin, more),
      job: job({ state: 'done', act: 'inspect' }),
      ...(more.matchedBy === 'silent' && { removals: removing('named') }),
    });
  const silent = found(BLOCKED, { matchedBy: 'silent' });
  const decided: Partial<Ticket> = { workstation, diagnosis: silent, removals: removing('named'), way: 'workstation' };
  const asked = (name: string, change: Partial<Ticket> = {}): State => ({
    name: `locked key, ${name}`,
    ticket: ticketOf(cast, locked({ ...decided, done: { diagnose: NOW }, ...change })),
  });
  const after = (name: string, done: Parameters<typeof approvedTicket>[1], change: Partial<Ticket> = {}): State => ({
    name: `locked key, ${name}`,
    ticket: approvedTicket(cast, ['diagnose', ...(done ?? [])], locked({ ...decided, ...change })),
  });
  const reset = { job: 'job-1', workstation: workstation.id, at: NOW };
  const emptied = { reset: { ...reset, state: 'erased' as const }, removals: removing('removed') };
  const unknown = {
    reset: { ...reset, state: 'unknown' as const },
    job: job({ state: 'failed', act: 'reset', code: 'job-lapsed' }),
  };
  const end = { closedAt: NOW };
  const by = { by: cast.anna, at: NOW };
  return [
    before('to be looked at', {}),
    before('look offered', { job: job({ state: 'offered', act: 'inspect' }) }),
    before('look under way', { job: job({ state: 'started', act: 'inspect' }) }),
    before('look failed', { job: job({ state: 'failed', act: 'inspect', code: 'key-gone' }) }),
    told('only to be replugged', { ...OPEN, blocked: 'until-replug' }, { matchedBy: 'silent' }),
    told('not locked', OPEN, { matchedBy: 'silent' }),
    told('a new PIN is wanted', { ...OPEN, changeForced: true }),
    told('no PIN', { set: false, blocked: 'no', changeForced: false }),
    told('locked, which passkey?', BLOCKED, { answers: false }),
    told('locked, of a model that is out', BLOCKED, { modelAllowed: false, matchedBy: 'silent' }),
    asked('waiting'),
    asked('waiting, picked by hand', { diagnosis: found(BLOCKED, { matchedBy: 'person', answers: false }) }),
    asked('waiting, forgotten, none of them', {
      diagnosis: found(OPEN, { matchedBy: 'person', forgottenAt: NOW }),
      removals: [],
    }),
    after('code', []),
    after('to be erased', ['vouch']),
    after('erasing offered', ['vouch'], { job: job({ state: 'offered', act: 'reset' }) }),
    after('erasing', ['vouch'], {
      job: job({ state: 'started', act: 'reset' }),
      reset: { ...reset, state: 'started' },
    }),
    after('erasing declined', ['vouch'], { job: job({ state: 'failed', act: 'reset', code: 'reset-declined' }) }),
    after('erased or not', ['vouch'], unknown),
    after('erased, going', ['vouch', 'reset'], {
      ...emptied,
      removals: removing('due'),
      job: job({ state: 'done', act: 'reset' }),
    }),
    after('to be set up anew', ['vouch', 'reset', 'remove'], { ...emptied, job: job({ state: 'done', act: 'reset' }) }),
    after('another key was erased', ['vouch', 'reset'], {
      ...emptied,
      removals: removing('named'),
      reset: { ...emptied.reset, another: true },
      parked: { step: 'remove', code: 'erased-another-key', at: NOW },
    }),
    after('done', ['vouch', 'reset', 'remove', 'register', 'confirm'], {
      ...emptied,
      ...end,
      status: 'done',
      passkey: { methodId: 'new', name: 'New key' },
    }),
    after('expired, empty', ['vouch', 'reset', 'remove'], { ...emptied, ...end, status: 'expired' }),
    after('expired, another key empty', ['vouch', 'reset'], {
      ...emptied,
      ...end,
      removals: removing('named'),
      status: 'expired',
    }),
    {
      name: 'locked key, not needed',
      ticket: ticketOf(
        cast,
        locked({
          ...end,
          status: 'cancelled',
          cancellation: by,
          notNeededAt: NOW,
          askedCircle: -1,
          diagnosis: found(OPEN),
        }),
      ),
    },
  ];
}
