import { type ThawFacts } from './commands';
import { SERVICE } from './people';
import { wantedOf } from './reactions';
import { can, done, freeze, frozen, IVY, MARY, nothingFound, revoked, shown } from './testing/frozen-story';
import { ADA, BOB, HELEN, HUGO, person, type Story } from './testing/story';

const thaw = (who: typeof ADA, more: Partial<ThawFacts> = {}, helpdesk = true) =>
  ({
    kind: 'thaw',
    helpdesk,
    facts: { actor: who, others: [ADA, BOB], samePerson: { linkedAccounts: [] }, ...more },
  }) as const;
const settled = (blocks = false) => frozen(blocks).then(SERVICE, nothingFound).then(SERVICE, revoked);

describe('thawing', () => {
  test('takes two people of the helpdesk, and ends the ticket', () => {
    const one = settled().then(person(HELEN), thaw(HELEN));
    expect(one.ticket.status).toBe('frozen');
    expect(one.tell(person(HELEN), thaw(HELEN)).refusal?.code).toBe('thaw-needs-second');
    expect(can(one, HELEN, true)).not.toContain('thaw');
    expect(can(one, HUGO, true)).toContain('thaw');
    one.then(person(HUGO), thaw(HUGO));
    expect(one.ticket).toMatchObject({ status: 'cancelled', cancellation: { by: { id: HUGO.id } }, closedAt: one.at });
    expect(one.tell(person(HELEN), thaw(HELEN)).refusal?.code).toBe('not-frozen');
    expect(one.tell(person(ADA), freeze()).refusal?.code).toBe('cancelled');
  });

  test.each<[string, Story, typeof ADA, Partial<ThawFacts>, boolean, string]>([
    ['nobody else', settled(), IVY, {}, false, 'helpdesk-only'],
    ['not the subject', settled(), ADA, {}, true, 'thaw-not-you'],
    ['not who approved', settled(), BOB, {}, true, 'thaw-not-you'],
    ['not who is told', settled(), MARY, {}, true, 'thaw-not-you'],
    [
      'not a second account of one of them',
      settled(),
      { ...HELEN, employeeId: ADA.employeeId! },
      {},
      true,
      'thaw-not-you',
    ],
    [
      'not a second account of the first',
      settled().then(person(HELEN), thaw(HELEN)),
      { ...HUGO, employeeId: HELEN.employeeId! },
      { others: [ADA, BOB, HELEN] },
      true,
      'thaw-not-you',
    ],
    ['not while keys are looked for', frozen(), HELEN, {}, true, 'freeze-under-way'],
    [
      'not while a pass may live',
      shown().then(person(ADA), freeze()).then(SERVICE, nothingFound).then(SERVICE, revoked),
      HELEN,
      {},
      true,
      'freeze-under-way',
    ],
    ['not before sessions have ended', frozen().then(SERVICE, nothingFound), HELEN, {}, true, 'freeze-under-way'],
    ['not what is not frozen', done(), HELEN, {}, true, 'not-frozen'],
  ])('%s', (_, one, who, more, helpdesk, code) => {
    expect(one.tell(person(who), thaw(who, more, helpdesk))).toMatchObject({ events: [], refusal: { code } });
    expect(can(one, who, helpdesk)).not.toContain(code === 'helpdesk-only' || who === HELEN ? 'thaw' : 'x');
  });

  test('where signing in was blocked, the end waits until it is possible again', () => {
    const one = settled(true).then(SERVICE, { kind: 'sign-in-blocked' });
    one.then(person(HELEN), thaw(HELEN)).then(person(HUGO), thaw(HUGO));
    expect(one.ticket).toMatchObject({ status: 'frozen', freeze: { thawed: { by: { id: HUGO.id } } } });
    one.then(SERVICE, { kind: 'sign-in-unblocked' });
    expect(one.ticket).toMatchObject({ status: 'cancelled', cancellation: { by: { id: HUGO.id } } });
    expect(one.tell(SERVICE, { kind: 'sign-in-unblocked' })).toEqual({ events: [] });
  });

  test('a block that lands after the thaw is lifted again', () => {
    const one = settled(true).then(person(HELEN), thaw(HELEN)).then(person(HUGO), thaw(HUGO));
    const blocked = { kind: 'sign-in-blocked', at: one.at, by: SERVICE } as const;
    const { events } = one.tell(SERVICE, { kind: 'sign-in-blocked' });
    expect(wantedOf(one.ticket, events, blocked)).toContainEqual({ effect: { kind: 'unblock-sign-in' } });
  });

  test('nothing is unblocked that two people have not thawed, or that was never blocked', () => {
    expect(settled(true).tell(SERVICE, { kind: 'sign-in-unblocked' })).toEqual({ events: [] });
    expect(settled().tell(SERVICE, { kind: 'sign-in-blocked' })).toEqual({ events: [] });
  });
});
