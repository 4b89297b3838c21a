import { type RuleFacts } from '../commands';
import { type PersonFacts, samePerson, type SamePersonSettings } from '../people';
import { type ApprovalRule, approversAmong, type Candidate, type Parties, whyNotCandidate } from '../rule';
import { type Approval, type Approver, type Risk, type Ticket } from '../ticket';
import { type Answer, type BodyOf, type CommandOf, happened, NOTHING } from './answer';

/** Those whom a rule may turn to, as a ticket keeps them. */
export function approversOf(
  rule: ApprovalRule,
  candidates: readonly Candidate[],
  parties: Parties,
  settings: SamePersonSettings,
): Approver[] {
  return approversAmong(candidates, parties, settings, rule).map(({ person, circle, via, for: place, away }) => ({
    ...{ id: person.id, name: person.name, circle, via },
    ...(place && { for: place }),
    ...(away !== undefined && { away }),
  }));
}

function partiesOf({ subject, requester, hander }: RuleFacts): Parties {
  return { subject, requester, ...(hander && { hander }) };
}

/**
 * Whether an approval that was given still holds: who gave it is still named by the rule, in the same place, and is no
 * party. Of a delegate it is enough that they stood for that person when they approved.
 */
export function stillStands({ by, for: place }: Approval, { rule }: Pick<Ticket, 'rule'>, facts: RuleFacts): boolean {
  const { candidates, samePerson: settings } = facts;
  return candidates.some(
    (one) =>
      one.person.id === by.id &&
      one.for?.id === place?.id &&
      whyNotCandidate(one, candidates, partiesOf(facts), settings, rule.strictSamePerson) === undefined,
  );
}

/** Whether two approvals are two people's: neither gave one for the other, nor are they one person's two accounts. */
export function countsWith(
  one: Pick<Approval, 'by' | 'for'>,
  other: Pick<Approval, 'by' | 'for'>,
  { candidates, samePerson: settings }: Pick<RuleFacts, 'candidates' | 'samePerson'>,
): boolean {
  const known = (id: string): PersonFacts | undefined => candidates.find(({ person }) => person.id === id)?.person;
  const behind = ({ by, for: place }: Pick<Approval, 'by' | 'for'>) => [by.id, ...(place ? [place.id] : [])];
  return behind(one).every((a) =>
    behind(other).every((b) => {
      const [first, second] = [known(a), known(b)];
      return a !== b && !(first && second && samePerson(first, second, settings));
    }),
  );
}

/** Whether as many people as the rule wants can approve beside each other: nobody twice, by a delegate or a second account. */
export function areEnough(
  approvers: readonly Approver[],
  { needed }: Pick<ApprovalRule, 'needed'>,
  facts: Pick<RuleFacts, 'candidates' | 'samePerson'>,
): boolean {
  const own = approvers.filter(({ for: place }) => !place);
  const people = own.filter((by, at) => own.slice(0, at).every((before) => countsWith({ by }, { by: before }, facts)));
  return people.length >= needed;
}

const asText = (approvers: readonly Approver[]): string =>
  JSON.stringify(
    approvers
      .map(({ id, circle, via, for: place, away }) => [id, circle, via, place?.id, place?.until, away])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  );

/**
 * What it takes to bring the approvers of a waiting ticket up to date with the directory: nothing where they are.
 * Whoever has approved, and still may, stays; nobody found is said to the helpdesk, and somebody found again ends that.
 */
export function approversChange(
  ticket: Ticket,
  facts: RuleFacts,
): BodyOf<'approvers-changed' | 'parked' | 'resumed'>[] {
  const stricter = stricterRule(facts.rule, ticket.rule);
  const rule = stricter ?? ticket.rule;
  const approvers = approversOf(rule, facts.candidates, partiesOf(facts), facts.samePerson);
  // Of somebody who may still decide, but not in the place in which they did, too.
  const fallen = ticket.approvals.filter((one) => !stillStands(one, ticket, facts)).map(({ by }) => by.id);
  const changed = asText(approvers) !== asText(ticket.approvers) || fallen.length > 0 || stricter !== undefined;
  const stuck = ticket.parked?.step === 'approve' && ticket.parked.code === 'nobody-may-approve';
  const enough = areEnough(approvers, rule, facts);
  const risk = managerRisks(ticket, facts);
  const change = {
    kind: 'approvers-changed' as const,
    approvers,
    ...(fallen.length > 0 && { fallen }),
    ...(stricter && { rule: stricter }),
    ...(risk.length > 0 && { risks: [...ticket.risks, ...risk] }),
  };
  return [
    ...(changed ? [change] : []),
    ...(stuck && enough ? [{ kind: 'resumed' as const }] : []),
    // Another mark is let stand, and this one comes after it.
    ...(!enough && !ticket.parked
      ? [{ kind: 'parked' as const, step: 'approve' as const, code: 'nobody-may-approve' }]
      : []),
  ];
}

/** Whether a rule wants more than the one a ticket has. It never wants less again. */
export function isStricter(rule: ApprovalRule | undefined, before: ApprovalRule): boolean {
  return rule !== undefined && (rule.needed > before.needed || rule.circles.length > before.circles.length);
}

/** The rule of a ticket with what another one wants more, and with all else as it was. */
function stricterRule(rule: ApprovalRule | undefined, before: ApprovalRule): ApprovalRule | undefined {
  if (!rule || !isStricter(rule, before)) return undefined;
  const circles = rule.circles.length > before.circles.length ? rule.circles : before.circles;
  return { ...before, needed: Math.max(before.needed, rule.needed), circles };
}

/** What an approver should know of the subject's manager, where the ticket does not say it yet. */
export function managerRisks(
  { rule: before, risks }: Ticket,
  { rule, managerNotChecked }: Pick<RuleFacts, 'rule' | 'managerNotChecked'>,
): Risk[] {
  const codes = [
    ...(isStricter(rule, before) ? ['manager-changed'] : []),
    ...(managerNotChecked ? ['manager-not-checked'] : []),
  ];
  return codes.filter((one) => !risks.some(({ code }) => code === one)).map((code) => ({ code }));
}

/** The directory was read again for a ticket that waits: a new manager is asked, one who was is told, a delegate too. */
export function refreshApprovers(ticket: Ticket, command: CommandOf<'refresh-approvers'>): Answer {
  if (ticket.status !== 'waiting') return NOTHING;
  const change = approversChange(ticket, command.facts);
  return change.length === 0 ? NOTHING : happened(command, ...change);
}
