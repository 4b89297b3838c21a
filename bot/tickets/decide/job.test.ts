import { dueTimes } from '../due';
import { type Actor, SERVICE } from '../people';
import {
  ADA,
  BOB,
  FINE,
  HELEN,
  jobStarted,
  MADE,
  OTHER,
  OWN,
  PASSKEY,
  person,
  type Story,
  tick,
  vouched,
  WORKSTATION,
} from '../testing/story';

const start = { kind: 'start-job', job: 'job-1', standing: FINE } as const;
const registered = { kind: 'passkey-registered', job: 'job-1', passkey: PASSKEY } as const;
const failed = (orphan = false, code = 'key-gone') => ({ kind: 'job-failed', job: 'job-1', code, orphan }) as const;
const began = (challengeHash: string, challengeUntil: string, job = 'job-1') =>
  ({ kind: 'job-started', job, standing: FINE, challengeHash, challengeUntil }) as const;
const STRANGER: Actor = { kind: 'workstation', id: OTHER.id, person: ADA.id };

const offered = () => vouched('workstation').then(person(ADA), start);
const made = () => jobStarted().then(WORKSTATION, MADE);
const code = (one: Story, command: Parameters<Story['tell']>[1], by: Actor = WORKSTATION) =>
  one.tell(by, command).refusal?.code;

test('offered, started, made, registered: and the ticket is done', () => {
  const one = made().then(SERVICE, registered);
  expect(one.kinds().slice(-5)).toEqual(['job-offered', 'job-started', 'key-made', 'passkey-registered', 'completed']);
  expect(one.ticket).toMatchObject({ status: 'done', passkey: PASSKEY, job: { state: 'registered' } });
  expect(one.ticket.done).toMatchObject({ register: one.at, confirm: one.at });
});

describe('a job is offered', () => {
  test.each<[string, Story, Actor, string]>([
    ['to nobody but the recipient', vouched('workstation'), person(BOB), 'not-yours'],
    ['only on its way', vouched('pass'), person(ADA), 'way-missing'],
    ['one at a time', offered(), person(ADA), 'job-runs'],
    ['not while one has started', jobStarted().wait(601), person(ADA), 'job-runs'],
    ['not while Entra is asked', made(), person(ADA), 'job-runs'],
    ['not in an ended ticket', made().then(SERVICE, registered), person(ADA), 'done'],
  ])('%s', (_, one, by, expected) => {
    expect(code(one, { ...start, job: 'job-2' }, by)).toBe(expected);
  });

  test.each([
    ['promoted', { ...FINE, privileged: true }, 'subject-privileged'],
    ['stopped', { ...FINE, stops: ['approver-no-longer-allowed'] }, 'flow-stopped'],
  ])('and started for nobody who is %s', (_, standing, expected) => {
    expect(code(vouched('workstation'), { ...start, standing }, person(ADA))).toBe(expected);
    expect(code(offered(), { ...began('h', '2026-03-02T08:05:00.000Z'), standing })).toBe(expected);
  });
});

describe('a job lapses', () => {
  test('ten minutes after it was offered, and another may then be', () => {
    const one = offered().wait(600);
    expect(dueTimes(one.ticket)).toContain(one.at);
    expect(code(one, began('h', one.at))).toBe('job-over');
    one.then(SERVICE, tick);
    expect(one.ticket.job).toMatchObject({ state: 'failed', code: 'job-lapsed', orphan: false });
    expect(code(one, { ...start, job: 'job-2' }, person(ADA))).toBeUndefined();
  });

  test('two minutes after its challenge, once it has started; a key may then hold what Entra does not know', () => {
    const one = jobStarted().wait(419);
    expect(one.tell(SERVICE, tick)).toEqual({ events: [] });
    one.wait(1).then(SERVICE, tick);
    expect(one.ticket.job).toMatchObject({ state: 'failed', code: 'job-lapsed', orphan: true });
    expect(code(one, MADE)).toBe('job-over');
  });

  test('never, once the key has made its credential: Entra settles it', () => {
    const one = made().wait(600 * 60);
    expect(one.tell(SERVICE, tick)).toEqual({ events: [] });
    one.then(SERVICE, failed(true)).then(SERVICE, tick);
    expect(one.ticket.status).toBe('expired');
  });
});

describe('a workstation', () => {
  test('speaks for its own jobs alone', () => {
    for (const command of [began('h', '2026-03-02T08:05:00.000Z'), MADE, failed(), registered])
      expect(code(jobStarted(), command, STRANGER)).toBe('workstation-not-yours');
    expect(code(jobStarted(), { ...MADE, job: 'job-9' })).toBe('job-unknown');
    expect(code(vouched('workstation'), MADE)).toBe('job-unknown');
  });

  test('may ask for options again, whose challenge then counts', () => {
    const one = jobStarted().wait(30);
    one.then(WORKSTATION, began('second', '2026-03-02T08:05:30.000Z'));
    expect(one.ticket.job).toMatchObject({ challengeHash: 'second', challengeUntil: '2026-03-02T08:05:30.000Z' });
    expect(one.tell(WORKSTATION, began('second', '2026-03-02T08:05:30.000Z'))).toEqual({ events: [] });
  });

  test('cannot start, or bring a key to, a ticket that has ended', () => {
    const cancelled = () => jobStarted().then(person(HELEN), { kind: 'cancel', helpdesk: true });
    expect(code(cancelled(), MADE)).toBe('cancelled');
    expect(code(cancelled(), began('h2', '2026-03-02T08:05:00.000Z'))).toBe('cancelled');
    expect(cancelled().tell(WORKSTATION, failed())).toEqual({ events: [] });
  });

  test('that says "failed" after its key was taken changes nothing', () => {
    expect(made().tell(WORKSTATION, failed())).toEqual({ events: [] });
    expect(made().tell(SERVICE, failed()).events).toHaveLength(1);
  });
});

test('after a failure the step is open again, on either way', () => {
  const one = made().then(SERVICE, failed(true, 'passkey-challenge-expired'));
  expect(one.ticket.done.register).toBeUndefined();
  expect(code(one, { kind: 'choose', way: 'workstation', workstation: OTHER }, person(ADA))).toBeUndefined();
  expect(code(one, { kind: 'choose', way: 'pass' }, person(ADA))).toBeUndefined();
});

describe('a mark of standing still', () => {
  const parked = (one: Story, step: 'register' | 'confirm') =>
    one.then(SERVICE, { kind: 'park', step, code: 'graph-denied' });

  test.each<[string, Story]>([
    ['the key was made', parked(jobStarted(), 'register').then(WORKSTATION, MADE)],
    ['the job failed', parked(made(), 'confirm').then(SERVICE, failed(true))],
    ['the passkey is registered', parked(made(), 'confirm').then(SERVICE, registered)],
    ['the ticket was cancelled', parked(offered(), 'register').then(person(ADA), { kind: 'cancel', helpdesk: false })],
    ['the helpdesk tries again', parked(offered(), 'register').then(person(HELEN), { kind: 'retry', helpdesk: true })],
  ])('is gone when %s', (_, one) => {
    expect(one.ticket.parked).toBeUndefined();
  });

  test('is not set twice, keeps who took it over, and is not set on an ended ticket', () => {
    const one = parked(offered(), 'register');
    expect(one.tell(SERVICE, { kind: 'park', step: 'register', code: 'graph-denied' })).toEqual({ events: [] });
    one.then(person(HELEN), { kind: 'take-over', helpdesk: true });
    expect(one.tell(person(HELEN), { kind: 'take-over', helpdesk: true })).toEqual({ events: [] });
    expect(code(one, { kind: 'take-over', helpdesk: true }, person(BOB))).toBe('already-taken');
    one.then(SERVICE, { kind: 'park', step: 'register', code: 'graph-timeout' });
    expect(one.ticket.parked).toMatchObject({ code: 'graph-timeout', takenBy: { name: 'helen' } });
    const done = made().then(SERVICE, registered);
    expect(done.tell(SERVICE, { kind: 'park', step: 'confirm', code: 'x' })).toEqual({ events: [] });
  });

  test.each(['take-over', 'retry'] as const)('%s is the helpdesk’s, and only where there is one', (kind) => {
    expect(code(parked(offered(), 'register'), { kind, helpdesk: false }, person(HELEN))).toBe('helpdesk-only');
    expect(code(offered(), { kind, helpdesk: true }, person(HELEN))).toBe('not-parked');
  });
});

test('the workstation of a job is the one that was chosen', () => {
  expect(offered().ticket.job?.workstation).toEqual(OWN);
});
