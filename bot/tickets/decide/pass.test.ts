import { dueTimes } from '../due';
import { SERVICE } from '../people';
import { ADA, BOB, FINE, issue, PASSKEY, person, showing, type Story, tick, vouched } from '../testing/story';
import { livePass, MAKINGS_AT_MOST, showsLeft } from '../shows';

const prepare = { kind: 'prepare-show', standing: FINE } as const;
const show = { kind: 'show', standing: FINE, passkeysBefore: [] } as const;
const settle = (generation: number, deleted = true) => ({ kind: 'pass-settled', generation, deleted }) as const;
const ended = (generation: number) => ({ kind: 'pass-ended', generation, how: 'deleted' }) as const;
const appeared = { kind: 'passkey-appeared', generation: 1, passkey: PASSKEY } as const;

const code = (one: Story, command: Parameters<Story['tell']>[1]) => one.tell(person(ADA), command).refusal?.code;
const again = (one: Story) => one.then(person(ADA), prepare).then(person(ADA), show);

describe('Prepare', () => {
  test('holds for a minute', () => {
    const one = vouched('pass').then(person(ADA), prepare);
    expect(one.ticket.prepared?.until).toBe('2026-03-02T08:01:00.000Z');
    one.wait(59);
    expect(code(one, show)).toBeUndefined();
    const other = vouched('pass').then(person(ADA), prepare).wait(60);
    expect(code(other, show)).toBe('show-not-prepared');
  });

  test.each([
    ['promoted', { ...FINE, privileged: true }, 'subject-privileged'],
    ['disabled', { ...FINE, subject: { ...ADA, enabled: false } }, 'subject-disabled'],
    ['unreadable', { ...FINE, privileged: 'unknown' as const }, 'subject-privilege-unknown'],
    ['not allowed a pass', { ...FINE, stops: ['pass-method-off'] }, 'flow-stopped'],
  ])('and Show are refused for a subject who is %s', (_, standing, expected) => {
    expect(code(vouched('pass'), { ...prepare, standing })).toBe(expected);
    expect(code(vouched('pass').then(person(ADA), prepare), { ...show, standing })).toBe(expected);
  });

  test('belongs to the recipient, and to the way of a pass', () => {
    expect(vouched('pass').tell(person(BOB), prepare).refusal?.code).toBe('not-yours');
    expect(code(vouched('workstation'), prepare)).toBe('way-missing');
  });
});

describe('Show', () => {
  test('has three passes to give, each known by its number', () => {
    const one = vouched('pass');
    for (const generation of [1, 2, 3]) {
      again(one);
      expect(one.ticket.generations.at(-1)).toMatchObject({ number: generation, state: 'started' });
      issue(one, generation);
      expect(showsLeft(one.ticket, one.at)).toBe(3 - generation);
    }
    expect(code(one, prepare)).toBe('shows-used-up');
    expect(one.ticket.generations.map(({ endedAt }) => endedAt !== undefined)).toEqual([true, true, false]);
    expect(livePass(one.ticket, one.at)?.number).toBe(3);
  });

  test.each([
    [0, 'show-in-progress'],
    [14.999, 'show-in-progress'],
    [15, undefined],
    [59, undefined],
  ])('%d seconds after one that has no end', (seconds, expected) => {
    const one = showing().wait(seconds);
    expect(code(one, show)).toBe(expected);
    expect(one.ticket.generations).toHaveLength(expected ? 1 : 2);
  });

  test('after a lost one: the new pass counts, the lost one is settled, and neither hides the other', () => {
    const one = showing().wait(15).then(person(ADA), show);
    // The first making comes back at last: its pass is not to be shown.
    const late = { kind: 'pass-issued', generation: 1, methodId: 'pass-1', validUntil: one.at } as const;
    expect(one.tell(SERVICE, late).refusal?.code).toBe('pass-withheld');
    issue(one, 2).then(SERVICE, settle(1));
    expect(one.ticket.generations.map(({ state }) => state)).toEqual(['settled', 'issued']);
    expect(livePass(one.ticket, one.at)?.number).toBe(2);
  });

  test('that made nothing costs none of the three; but there is an end to it', () => {
    const one = vouched('pass');
    for (let making = 1; making <= MAKINGS_AT_MOST; making += 1) {
      expect(showsLeft(one.ticket, one.at)).toBe(3);
      again(one).then(SERVICE, settle(making, false));
    }
    expect(code(one, prepare)).toBe('shows-used-up');
  });

  test('that replaced an older pass ends it; one that made nothing leaves it alive', () => {
    const lost = () => again(issue(showing()));
    expect(livePass(lost().ticket, lost().at)?.number).toBe(1);
    expect(livePass(lost().then(SERVICE, settle(2, false)).ticket, lost().at)?.number).toBe(1);
    expect(livePass(lost().then(SERVICE, settle(2, true)).ticket, lost().at)).toBeUndefined();
  });

  test('keeps in mind which passkeys were there before the first one', () => {
    const one = showing();
    expect(one.ticket.passkeysBefore).toEqual([]);
    issue(one).then(person(ADA), { ...show, passkeysBefore: ['made-since'] });
    expect(one.ticket.passkeysBefore).toEqual([]);
  });
});

describe('a pass is withheld where', () => {
  const issued = {
    kind: 'pass-issued',
    generation: 1,
    methodId: 'pass-1',
    validUntil: '2026-03-02T09:00:00.000Z',
  } as const;
  test.each<[string, Story, string]>([
    ['the ticket was cancelled', showing().then(person(BOB), { kind: 'cancel', helpdesk: true }), 'cancelled'],
    ['its making was settled', showing().then(SERVICE, settle(1)), 'pass-withheld'],
    ['it was issued before', issue(showing()), 'pass-withheld'],
    ['the passkey is there', showing().then(SERVICE, appeared), 'pass-withheld'],
    ['nothing was begun', vouched('pass'), 'pass-withheld'],
  ])('%s', (_, one, expected) => {
    const version = one.ticket.version;
    expect(one.tell(SERVICE, issued)).toEqual({ events: [], refusal: { code: expected } });
    expect(one.ticket.version).toBe(version);
  });
});

describe('the end of a pass', () => {
  test.each<[string, Story, string]>([
    ['the passkey, then the pass deleted', issue(showing()).then(SERVICE, appeared).then(SERVICE, ended(1)), 'done'],
    ['the pass ended, then the passkey', issue(showing()).then(SERVICE, ended(1)).then(SERVICE, appeared), 'done'],
    ['the passkey with a making under way', showing().then(SERVICE, appeared), 'approved'],
    ['the same, and the making settled', showing().then(SERVICE, appeared).then(SERVICE, settle(1)), 'done'],
    [
      'a pass alive beside a lost making',
      again(issue(showing())).then(SERVICE, appeared).then(SERVICE, ended(1)),
      'approved',
    ],
    [
      'the same, and the making settled',
      again(issue(showing())).then(SERVICE, appeared).then(SERVICE, ended(1)).then(SERVICE, settle(2)),
      'done',
    ],
    ['a pass deleted, no passkey yet', issue(showing()).then(SERVICE, ended(1)), 'approved'],
  ])('%s: %#', (_, one, status) => {
    expect(one.ticket.status).toBe(status);
    if (status === 'done') expect(one.ticket.done.tidy).toBeDefined();
  });

  test('comes with time, and is waited for by the ticket’s own end', () => {
    const one = showing();
    one.wait(600 * 60 - 600);
    one.then(SERVICE, { kind: 'pass-issued', generation: 1, methodId: 'p', validUntil: '2026-03-02T19:00:00.000Z' });
    one.wait(1200);
    expect(one.tell(SERVICE, tick)).toEqual({ events: [] });
    expect(dueTimes(one.ticket)).toContain('2026-03-02T19:00:00.000Z');
    one.wait(3600).then(SERVICE, tick).then(SERVICE, tick);
    expect(one.kinds().slice(-2)).toEqual(['pass-ended', 'expired']);
  });

  test('is told once', () => {
    const one = issue(showing()).then(SERVICE, ended(1));
    expect(one.tell(SERVICE, ended(1))).toEqual({ events: [] });
    expect(one.tell(SERVICE, ended(7))).toEqual({ events: [] });
  });
});
