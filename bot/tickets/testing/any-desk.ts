import type FastCheck from 'fast-check';
import { type Body } from './body';
import { ADA, BOB, CAROL, HELEN, HUGO, person } from './story';

/** What the helpdesk does beside a ticket's own course, and others try to do too. */
export function anyDesk(fc: typeof FastCheck): FastCheck.Arbitrary<Body> {
  const by = fc.constantFrom(ADA, BOB, CAROL, HELEN, HUGO).map((one) => person(one));
  const helpdesk = fc.boolean();
  const someone = fc.constantFrom(ADA, BOB, CAROL, HELEN, HUGO).map(({ id, name }) => ({ id, name }));
  return fc.oneof(
    fc.record({ kind: fc.constant('assign' as const), by, to: someone, toHelpdesk: fc.boolean(), helpdesk }),
    fc.record({ kind: fc.constant('unassign' as const), by, helpdesk }),
    fc.record({ kind: fc.constant('comment' as const), by, text: fc.constantFrom('called', ''), helpdesk }),
    {
      weight: 2,
      arbitrary: fc
        .record({ by, helpdesk, approver: fc.constantFrom(undefined, BOB.id, CAROL.id, ADA.id) })
        .map(({ by: who, helpdesk: of, approver }): Body => ({
          ...{ kind: 'nudge', by: who, helpdesk: of },
          ...(approver !== undefined && { approver }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('resend' as const), by, person: someone.map(({ id }) => id), helpdesk }),
    },
  );
}
