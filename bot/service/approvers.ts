import { type Person } from '../entra';
import { type RuleFacts } from '../tickets/commands';
import { isStricter } from '../tickets/decide/approvers';
import { type ApprovalRule, type Candidate } from '../tickets/rule';
import { type Ticket } from '../tickets/ticket';
import { candidatesFor } from './candidates';
import { type Deps } from './deps';
import { type ManagerNews, managerNews, withSecondApprover } from './manager-news';
import { factsOf } from './subject';

export interface FoundApprovers {
  candidates: readonly Candidate[];
  /** The rule that holds now: the given one, or a stricter one where the subject's manager is new. */
  rule: ApprovalRule;
  news: ManagerNews;
}

/**
 * Whom a rule names for a subject now, delegates among them, and whether the rule must be stricter.
 * @param ticket that waits already: a manager who is new must not pass because the log fails just now
 * @throws Fault with `retry`, for such a ticket
 */
export async function findApprovers(
  deps: Deps,
  rule: ApprovalRule,
  subject: Person,
  ticket?: Ticket,
): Promise<FoundApprovers> {
  const candidates = await candidatesFor(deps, rule, subject.id, ticket?.approvals);
  const news = await managerNews(deps, subject, candidates, ticket !== undefined);
  if (news !== 'changed') return { candidates, rule, news };
  const stricter = withSecondApprover(deps, rule);
  const more = stricter.circles.length === rule.circles.length;
  return {
    candidates: more ? candidates : await candidatesFor(deps, stricter, subject.id, ticket?.approvals),
    rule: stricter,
    news,
  };
}

/** The same for a ticket; `rule` only where it has become stricter since it was opened. */
export async function approversNow(
  deps: Deps,
  ticket: Ticket,
  subject: Person,
): Promise<Pick<RuleFacts, 'candidates' | 'rule' | 'managerNotChecked'>> {
  const { candidates, rule, news } = await findApprovers(deps, ticket.rule, subject, ticket);
  return {
    candidates,
    ...(isStricter(rule, ticket.rule) && { rule }),
    ...(news === 'unknown' && { managerNotChecked: true as const }),
  };
}

/** Reads who may approve a ticket that waits. */
export async function ruleFacts(deps: Deps, ticket: Ticket): Promise<RuleFacts> {
  const { people } = deps.entra;
  const [subject, requester, hander] = await Promise.all([
    people.get(ticket.subject.id),
    people.get(ticket.requester.id),
    ticket.hander ? people.get(ticket.hander.id) : undefined,
  ]);
  return {
    ...{ subject: factsOf(subject), requester: factsOf(requester), samePerson: deps.settings.samePerson },
    ...(hander && { hander: factsOf(hander) }),
    ...(await approversNow(deps, ticket, subject)),
  };
}
