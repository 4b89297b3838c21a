import { Fault } from '../../agent/protocol/fault';
import { type Person } from '../entra';
import { type ApprovalRule, type Candidate } from '../tickets/rule';
import { type Deps } from './deps';

/** Whether a manager on whom the rule relies has been one only lately. `unknown`: the log could not be read. */
export type ManagerNews = 'changed' | 'none' | 'unknown';

const DAY_MS = 24 * 3600 * 1000;

/** Whoever enters a new colleague names the manager too: that is no change. */
function isFirst(at: Date, { createdDateTime }: Pick<Person, 'createdDateTime'>): boolean {
  return createdDateTime !== undefined && at.getTime() - createdDateTime.getTime() < DAY_MS;
}

/**
 * Asks the directory's log whether somebody became the subject's manager, or the manager's, in the last days.
 * @param candidates as the rule found them: the managers among them are the ones it relies on
 * @param mustKnow whether a log that can be read in a moment is no answer
 * @throws Fault with `retry`, where it must be known
 */
export async function managerNews(
  deps: Deps,
  subject: Person,
  candidates: readonly Candidate[],
  mustKnow: boolean,
): Promise<ManagerNews> {
  const { days } = deps.settings.managerChanged;
  const named = (via: Candidate['via']) => candidates.find((one) => one.via === via && !one.for)?.person.id;
  const manager = named('manager') ?? (named('managers-manager') && (await deps.entra.people.manager(subject.id))?.id);
  if (days === 0 || !manager) return 'none';
  const since = new Date(deps.now().getTime() - days * DAY_MS);
  const above = named('managers-manager');
  const links = [
    { of: subject.id, manager, person: subject },
    ...(above ? [{ of: manager, manager: above, person: {} }] : []),
  ];
  try {
    const news = await Promise.all(
      links.map(async (link) => {
        const changes = await deps.entra.managerChanges.since(link.of, since);
        return changes.some(
          ({ at, others }) => !isFirst(at, link.person) && (others.length === 0 || others.includes(link.manager)),
        );
      }),
    );
    return news.includes(true) ? 'changed' : 'none';
  } catch (error) {
    deps.log('manager-changes-unreadable', { error: error instanceof Error ? error.message : 'unknown' });
    if (mustKnow && error instanceof Fault && error.retry) throw error;
    return 'unknown';
  }
}

/** The rule for a subject whose manager is new: two must approve, one of whom may be of the backup group. */
export function withSecondApprover(deps: Deps, rule: ApprovalRule): ApprovalRule {
  const { group } = deps.settings.managerChanged;
  const asked = rule.circles.flat().some((who) => who.kind === 'group' && who.group === group);
  const backup = group === undefined || asked ? [] : [[{ kind: 'group' as const, group }]];
  return { ...rule, needed: Math.max(2, rule.needed), circles: [...rule.circles, ...backup] };
}
