import type FastCheck from 'fast-check';
import { type Standing } from '../commands';
import { SERVICE } from '../people';
import { type Candidate } from '../rule';
import { plusSeconds } from '../time';
import { type Body } from './body';
import { ADA, BOB, CANDIDATES, CAROL, decisionBy, facts as factsOf, HELEN, HUGO, person, RULE, START } from './story';

/** Decides while Bob is away, or is the manager after him. */
export const DAVE = factsOf('dave');
const IN_PLACE = { id: BOB.id, name: BOB.name, until: plusSeconds(START, 20_000) };

const BOB_AWAY = CANDIDATES.map((one) => (one.person.id === BOB.id ? { ...one, away: IN_PLACE.until } : one));

/** How the directory may stand at one look and the next. */
const ROUNDS: readonly (readonly Candidate[])[] = [
  CANDIDATES,
  [...BOB_AWAY, { person: DAVE, circle: 0, via: 'manager', for: IN_PLACE }],
  // The hander may not decide, in nobody's place.
  [...BOB_AWAY, { person: HUGO, circle: 0, via: 'manager', for: IN_PLACE }],
  [
    { person: DAVE, circle: 0, via: 'manager' },
    { person: CAROL, circle: 1, via: 'managers-manager' },
  ],
  [{ person: CAROL, circle: 1, via: 'managers-manager' }],
  [],
];

/** Arbitraries of what changes who may decide, and of decisions made while it changes. */
export function anyApproval(fc: typeof FastCheck, standing: FastCheck.Arbitrary<Standing>): FastCheck.Arbitrary<Body> {
  const round = fc.constantFrom(...ROUNDS);
  const actor = fc.constantFrom(BOB, CAROL, DAVE, ADA, HUGO, HELEN);
  return fc.oneof(
    fc.tuple(actor, standing).map(([who, now]): Body => {
      const facts = decisionBy(who, { standing: now, hander: HUGO, requester: HELEN });
      return { kind: 'approve', by: person(who), how: 'video', facts };
    }),
    fc.tuple(actor, fc.boolean()).map(([who, block]): Body => {
      const facts = decisionBy(who, { hander: HUGO, requester: HELEN });
      return { kind: 'deny', by: person(who), reason: 'unknown to me', block, facts };
    }),
    fc.record({ candidates: round, again: fc.boolean(), two: fc.boolean() }).map(({ candidates, again, two }): Body => {
      const facts = { subject: ADA, requester: HELEN, hander: HUGO, candidates, samePerson: { linkedAccounts: [] } };
      const stricter = two && { rule: { ...RULE, needed: 2 } };
      return { kind: 'refresh-approvers', again, by: SERVICE, facts: { ...facts, ...stricter } };
    }),
    fc.tuple(actor, round).map(([who, candidates]): Body => {
      const facts = decisionBy(who, { candidates, hander: HUGO, requester: HELEN });
      return { kind: 'approve', by: person(who), how: 'video', facts };
    }),
    fc.record({
      kind: fc.constant('lift-block' as const),
      by: actor.map((one) => person(one)),
      helpdesk: fc.boolean(),
      reason: fc.constantFrom('', 'it was a mistake'),
    }),
  );
}
