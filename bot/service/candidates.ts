import { type Person } from '../entra';
import { type ApprovalRule, type Candidate, type Who } from '../tickets/rule';
import { type Approval } from '../tickets/ticket';
import { withDelegates } from './delegates';
import { type Deps } from './deps';
import { factsOf } from './subject';

async function peopleFor(deps: Deps, who: Who, subject: string): Promise<Person[]> {
  const { people } = deps.entra;
  switch (who.kind) {
    case 'manager': {
      const manager = await people.manager(subject);
      return manager ? [manager] : [];
    }
    case 'managers-manager': {
      const manager = await people.manager(subject);
      const above = manager && (await people.manager(manager.id));
      return above ? [above] : [];
    }
    case 'group':
      return people.members(who.group);
    case 'person': {
      const person = await people.find(who.id);
      return person ? [person] : [];
    }
  }
}

/**
 * The people whom a rule names for a subject now, by circle, and whoever decides for those who are away; nobody is left
 * out yet.
 * @param given approvals of delegates, that stand though the absence is over
 */
export async function candidatesFor(
  deps: Deps,
  rule: ApprovalRule,
  subject: string,
  given: readonly Approval[] = [],
): Promise<Candidate[]> {
  const found = await Promise.all(
    rule.circles.map(async (circle, at) => {
      const people = await Promise.all(
        circle.map(async (who) =>
          (await peopleFor(deps, who, subject)).map((person) => ({
            person: factsOf(person),
            circle: at,
            via: who.kind,
          })),
        ),
      );
      return people.flat();
    }),
  );
  return withDelegates(deps, found.flat(), given);
}
