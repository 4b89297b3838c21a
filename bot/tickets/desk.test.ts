import { queuePlace } from './queue';
import { wantedOf } from './reactions';
import { type Said } from './testing/body';
import { began, found, LOCKED, look, PIN } from './testing/locked-story';
import {
  ADA,
  BOB,
  CAROL,
  decisionBy,
  HELEN,
  HUGO,
  person,
  RULE,
  story,
  type Story,
  WORKSTATION,
} from './testing/story';
import { plusMinutes } from './time';
import { SERVICE } from './people';
import { type Viewer, viewOf } from './view';

const ada = person(ADA);
const helen = person(HELEN);
const MINUTE = 60;
const approve = (who: typeof BOB): Said => ({ kind: 'approve', how: 'video', facts: decisionBy(who) });
const ref = ({ id, name }: { id: string; name: string }) => ({ id, name });

const toHugo: Said = { kind: 'assign', to: ref(HUGO), toHelpdesk: true, helpdesk: true };
const nudge: Said = { kind: 'nudge', helpdesk: true };
const remind: Said = { kind: 'nudge', helpdesk: false };

describe('who looks after a ticket', () => {
  test('the helpdesk says so, for itself or a colleague; it is independent of who has taken over what is stuck', () => {
    const one = story().then(SERVICE, { kind: 'park', step: 'approve', code: 'x' });
    one.then(helen, { kind: 'take-over', helpdesk: true }).then(helen, toHugo);
    expect(one.ticket.assigned?.to).toEqual(ref(HUGO));
    expect(one.ticket.parked?.takenBy).toEqual(ref(HELEN));
    one.then(helen, { kind: 'unassign', helpdesk: true });
    expect(one.ticket.assigned).toBeUndefined();
    expect(one.ticket.parked?.takenBy).toEqual(ref(HELEN));
  });

  test.each<[string, Said, string]>([
    ['somebody else', { ...toHugo, helpdesk: false }, 'helpdesk-only'],
    ['nobody chosen', { kind: 'assign', toHelpdesk: false, helpdesk: true }, 'colleague-missing'],
    [
      'not of the helpdesk',
      { kind: 'assign', to: ref(BOB), toHelpdesk: false, helpdesk: true },
      'colleague-not-helpdesk',
    ],
  ])('refused: %s', (_, body, code) => {
    expect(story().tell(helen, body).refusal?.code).toBe(code);
  });

  test('the same again changes nothing, and an ended ticket is given to nobody', () => {
    const one = story().then(helen, toHugo);
    expect(one.tell(helen, toHugo)).toEqual({ events: [] });
    one.then(ada, { kind: 'cancel', helpdesk: false });
    expect(one.tell(helen, toHugo).refusal?.code).toBe('cancelled');
    expect(one.ticket.assigned?.to.id).toBe(HUGO.id);
  });

  test('a colleague to whom it is given hears of it; who takes it needs no card', () => {
    const one = story();
    const wanted = (by: typeof helen, body: Said) => {
      const { events } = one.tell(by, body);
      return wantedOf(one.ticket, events, { ...body, at: one.at, by }).map(({ effect }) => effect);
    };
    expect(wanted(helen, toHugo)).toEqual([{ kind: 'helpdesk-cards', to: HUGO.id }]);
    expect(wanted(helen, { ...toHugo, to: ref(HELEN) })).toEqual([{ kind: 'helpdesk-cards' }]);
  });
});

describe('reminding those who decide', () => {
  test('the helpdesk may at once; then nobody for a quarter of an hour, and a decided one never', () => {
    const one = story({
      rule: { ...RULE, needed: 2, circles: [[{ kind: 'manager' }, { kind: 'managers-manager' }]] },
      candidates: [
        { person: BOB, circle: 0, via: 'manager' },
        { person: CAROL, circle: 0, via: 'managers-manager' },
      ],
    });
    one.then(helen, { ...nudge, approver: BOB.id });
    expect(one.ticket.postedAnew).toEqual({ [BOB.id]: one.at });
    one.wait(5 * MINUTE);
    expect(one.tell(helen, { ...nudge, approver: BOB.id }).refusal).toMatchObject({ code: 'reminded-already' });
    const { events } = one.tell(helen, nudge);
    expect(events).toMatchObject([{ kind: 'nudged', approvers: [ref(CAROL)], as: 'helpdesk' }]);
    one.wait(15 * MINUTE).then(person(BOB), approve(BOB));
    expect(one.tell(helen, { ...nudge, approver: BOB.id }).refusal?.code).toBe('nobody-to-remind');
  });

  test('their card is posted anew, whether it has changed or not; all others are brought up to date', () => {
    const one = story();
    const { events } = one.tell(helen, nudge);
    const wanted = wantedOf(one.ticket, events, { ...nudge, at: one.at, by: helen }).map(({ effect }) => effect);
    expect(wanted).toContainEqual({ kind: 'card', person: BOB.id, slot: 'approval', nudge: true, since: one.at });
    expect(wanted).toContainEqual({ kind: 'card', person: ADA.id, slot: 'progress', nudge: false });
    expect(wanted.filter((effect) => effect.kind === 'card' && effect.slot === 'approval')).toHaveLength(1);
  });

  test('the requester may once a quarter of the rule’s patience is over, and then once an hour', () => {
    const one = story().wait(14 * MINUTE);
    expect(one.tell(ada, remind).refusal).toEqual({
      code: 'remind-too-early',
      facts: { when: '2026-03-02T08:15:00.000Z' },
    });
    one
      .wait(MINUTE)
      .then(ada, remind)
      .wait(30 * MINUTE);
    expect(one.tell(ada, remind).refusal).toEqual({
      code: 'reminded-already',
      facts: { when: '2026-03-02T09:15:00.000Z' },
    });
    expect(viewOf(one.ticket, { ...ADA, helpdesk: false }, one.at)?.can).not.toContain('nudge');
    one.wait(30 * MINUTE).then(ada, remind);
    expect(one.kinds().filter((kind) => kind === 'nudged')).toHaveLength(2);
  });

  test('where the key is looked at first, patience begins when somebody is asked', () => {
    const one = story(LOCKED)
      .wait(3 * 3600)
      .then(ada, look())
      .then(WORKSTATION, began('look-1'))
      .then(WORKSTATION, found(PIN.blocked, { answered: ['old-1'] }));
    expect(one.tell(ada, remind).refusal?.code).toBe('remind-too-early');
    expect(queuePlace(one.ticket)).toEqual({ waitsOn: 'approver', overdueAt: plusMinutes(one.at, 120) });
  });

  test.each<[string, typeof ada, Said, string]>([
    ['an approver', person(BOB), remind, 'not-yours'],
    ['a stranger', person(HUGO), remind, 'not-yours'],
  ])('refused: %s', (_, by, body, code) => {
    expect(story().wait(3600).tell(by, body).refusal?.code).toBe(code);
  });

  test('nobody is reminded of what is over', () => {
    const one = story().then(person(BOB), approve(BOB));
    expect(one.tell(helen, nudge).refusal?.code).toBe('already-decided');
  });
});

describe('posting a lost card anew', () => {
  const resend = (who: string): Said => ({ kind: 'resend', person: who, helpdesk: true });

  test.each([
    ['the subject', ADA.id, 'progress'],
    ['an approver', BOB.id, 'approval'],
  ])('of %s', (_, who, slot) => {
    const one = story();
    const body = resend(who);
    const { events } = one.tell(helen, body);
    expect(events).toMatchObject([{ kind: 'resent', slot }]);
    const wanted = wantedOf(one.ticket, events, { ...body, at: one.at, by: helen }).map(({ effect }) => effect);
    expect(wanted).toContainEqual({ kind: 'card', person: who, slot, nudge: true, since: one.at });
  });

  test('not to a stranger, not by others, and not twice a minute; who still decides is not hurried by it', () => {
    const one = story();
    expect(one.tell(helen, resend(HUGO.id)).refusal?.code).toBe('card-of-nobody');
    expect(one.tell(helen, resend(CAROL.id)).refusal?.code).toBe('card-of-nobody');
    expect(one.tell(ada, { kind: 'resend', person: ADA.id, helpdesk: false }).refusal?.code).toBe('helpdesk-only');
    one.then(helen, resend(ADA.id)).then(helen, resend(BOB.id)).wait(MINUTE);
    one.then(helen, resend(ADA.id));
    expect(one.tell(helen, resend(BOB.id)).refusal?.code).toBe('posted-already');
    one.wait(14 * MINUTE).then(helen, resend(BOB.id));
  });
});

/** No card has reached these people; where that was all who were asked, the next ones are. */
function unreached(one: Story, ...people: { id: string; name: string }[]): Story {
  for (const who of people) one.tell(SERVICE, { kind: 'unreached', person: ref(who), code: 'not-installed' });
  return one;
}

describe('where a ticket stands in the queue', () => {
  const at = (minutes: number) => new Date(Date.parse('2026-03-02T08:00:00.000Z') + minutes * 60_000).toISOString();
  const bob = person(BOB);
  test.each<[string, () => Story, object | undefined]>([
    ['waiting', () => story(), { waitsOn: 'approver', overdueAt: at(120) }],
    ['no card reached anybody', () => unreached(story(), BOB, CAROL), { waitsOn: 'helpdesk', overdueAt: at(0) }],
    ['approved', () => story().then(bob, approve(BOB)), { waitsOn: 'recipient', overdueAt: at(450) }],
    [
      'stuck',
      () => story().wait(60).then(SERVICE, { kind: 'park', step: 'approve', code: 'x' }),
      { waitsOn: 'helpdesk', overdueAt: at(1) },
    ],
    ['assigned', () => story().then(helen, toHugo), { waitsOn: 'approver', overdueAt: at(120), assigned: HUGO.id }],
    ['ended', () => story().then(ada, { kind: 'cancel', helpdesk: false }), undefined],
  ])('%s', (_, one, place) => {
    expect(queuePlace(one().ticket)).toEqual(place);
  });
});

test('what only the helpdesk sees, only the helpdesk sees', () => {
  const one = story().then(helen, toHugo);
  const seen = (who: { id: string; name: string }, helpdesk: boolean) =>
    viewOf(one.ticket, { ...ref(who), helpdesk } satisfies Viewer, one.at)?.desk;
  expect(seen(ADA, false)).toBeUndefined();
  expect(seen(BOB, false)).toBeUndefined();
  expect(seen(HELEN, true)).toMatchObject({ assigned: ref(HUGO), waitsOn: 'approver', overdue: false });
});
