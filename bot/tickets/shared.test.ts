import fc from 'fast-check';
import { type Command } from './commands';
import { replay } from './evolve';
import { SERVICE } from './people';
import { wantedOf } from './reactions';
import { isSharedIn, PLACES_AT_MOST, sharedView } from './shared';
import { anyStory } from './testing/any-story';
import { ADA, BOB, decisionBy, HELEN, HUGO, person, story } from './testing/story';
import { type Step, told } from './testing/told';
import { type Ticket } from './ticket';

const CHANNEL = { id: '19:channel@thread.tacv2', kind: 'channel' } as const;
const CHAT = { id: '19:chat@thread.v2', kind: 'group-chat' } as const;
const helen = person(HELEN);
const share = { kind: 'share', place: CHANNEL, helpdesk: true } as const;
const unshare = { kind: 'unshare', place: CHANNEL.id, why: 'taken-away', helpdesk: true } as const;

describe('sharing', () => {
  test('is of the helpdesk, where nothing bars it, and happens once', () => {
    const one = story();
    expect(one.tell(person(ADA), { ...share, helpdesk: false }).refusal?.code).toBe('helpdesk-only');
    expect(one.tell(helen, { ...share, barred: 'place-has-guests' }).refusal?.code).toBe('place-has-guests');
    one.then(helen, share);
    expect(one.kinds()).toEqual(['opened', 'shared']);
    expect(one.ticket.sharedIn).toEqual([{ ...CHANNEL, by: { id: HELEN.id, name: HELEN.name }, at: one.at }]);
    one.then(helen, share).then(person(HUGO), share);
    expect(one.kinds()).toEqual(['opened', 'shared']);
  });

  test('has a limit, and a place that is taken away makes room', () => {
    const one = story();
    for (let n = 0; n < PLACES_AT_MOST; n += 1) one.then(helen, { ...share, place: { ...CHAT, id: `19:${n}` } });
    expect(one.tell(helen, share).refusal?.code).toBe('shared-enough');
    one.then(helen, { ...unshare, place: '19:0' }).then(helen, share);
    expect(isSharedIn(one.ticket, CHANNEL.id)).toBe(true);
  });

  test('is taken back by the helpdesk or the service, and by nobody else', () => {
    const one = story().then(helen, share);
    expect(one.tell(person(ADA), { ...unshare, helpdesk: false }).refusal?.code).toBe('helpdesk-only');
    one.then(SERVICE, { ...unshare, why: 'members-changed', helpdesk: false });
    expect(one.ticket.sharedIn).toEqual([]);
  });

  test('an ended ticket can be shared and taken back too: people talk of what went wrong', () => {
    const one = story().then(person(BOB), { kind: 'deny', reason: 'not known to me', facts: decisionBy(BOB) });
    one.then(helen, share).then(helen, unshare);
    expect(one.ticket.status).toBe('denied');
  });
});

test('what all may see has no word of anybody, no number, no name but the subject’s and the helper’s', () => {
  const one = story({ reason: 'CANARY-reason', risks: [{ code: 'has-passkeys', facts: { count: 7 } }] })
    .then(helen, { kind: 'comment', text: 'CANARY-comment', helpdesk: true })
    .then(person(BOB), { kind: 'deny', reason: 'CANARY-denial', facts: decisionBy(BOB) });
  const text = JSON.stringify(sharedView(one.ticket));
  expect(text).toContain(ADA.name);
  expect(text).not.toMatch(/CANARY|bob|carol|helen|id-ada|@/);
});

/** Sharing by anybody, anywhere in any story. */
const anyShare = fc.record({
  at: fc.nat({ max: 30 }),
  by: fc.constantFrom(helen, person(HUGO), person(ADA)),
  helpdesk: fc.boolean(),
  place: fc.constantFrom(CHANNEL, CHAT),
  act: fc.constantFrom('share', 'share', 'barred', 'unshare'),
});

function mixed(steps: readonly Step[], shares: readonly (typeof anyShare extends fc.Arbitrary<infer T> ? T : never)[]) {
  const all = [...steps];
  for (const { at, by, helpdesk, place, act } of shares) {
    const barred = act === 'barred' ? { barred: 'place-gone' } : {};
    const body =
      act === 'unshare'
        ? { kind: 'unshare' as const, place: place.id, why: 'taken-away' as const, helpdesk, by }
        : { kind: 'share' as const, place, helpdesk, by, ...barred };
    all.splice(Math.min(at, all.length), 0, { after: 1, body });
  }
  return all;
}

/** All of a ticket that is not about where it is shown. */
function apart(ticket: Ticket) {
  const { version: _version, sharedIn: _places, ...rest } = ticket;
  return rest;
}

test('whatever happens around it, sharing changes nothing else, and every place hears of everything', () => {
  const { openings, steps } = anyStory(fc);
  fc.assert(
    fc.property(openings, steps, fc.array(anyShare, { maxLength: 8 }), (open, list, shares) => {
      const { events, moves, ticket } = told(open, mixed(list, shares));
      expect(replay(events)).toEqual(ticket);
      for (const { before, command, events: happened, after } of moves) {
        const about: Command['kind'][] = ['share', 'unshare'];
        if (about.includes(command.kind)) {
          expect(apart(after)).toEqual(apart(before));
          if (command.kind === 'share' && (!command.helpdesk || command.barred)) expect(happened).toEqual([]);
        } else expect(after.sharedIn).toEqual(before.sharedIn);
        if (happened.length === 0) continue;
        const told_ = wantedOf(after, happened, command).flatMap(({ effect }) =>
          effect.kind === 'shared-card' ? [effect.place] : [],
        );
        const places = [...(before.sharedIn ?? []), ...(after.sharedIn ?? [])].map(({ id }) => id);
        const concerned = command.kind === 'unshare' ? places : (after.sharedIn ?? []).map(({ id }) => id);
        expect([...told_].sort()).toEqual([...new Set(concerned)].sort());
      }
    }),
    { numRuns: 200 },
  );
});
