import { approvalStates } from '../infra/cards/approval-states';
import { partsOf } from '../infra/cards/parts';
import { CAST, seenBy } from '../infra/cards/tickets';
import { helpdeskTicketCard, wordsFor } from './index';

const en = wordsFor('en');

test('of those asked, who denied is not said to have said nothing', () => {
  const denied = approvalStates(CAST).find(({ name }) => name === 'denied, no repeats')!.ticket;
  const approver = denied.approvers.find(({ id }) => id === denied.denial?.by.id)!;
  const other = { ...approver, id: 'other', name: 'Otto Other' };
  const card = helpdeskTicketCard({ view: seenBy(CAST.otto, { ...denied, approvers: [approver, other] }, true) }, en);
  const facts = partsOf(card).flatMap(({ part }) => (part['facts'] ?? []) as { title: string; value: string }[]);
  const asked = facts.find(({ title }) => title === en.helpdesk.asked)?.value ?? '';
  expect(asked).toMatch(/\(denied\), .*Otto Other.* \((not reached|not decided)\)$/u);
});
