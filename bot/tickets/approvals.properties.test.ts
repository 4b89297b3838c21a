import fc from 'fast-check';
import { isBlocking } from './block';
import { DAVE } from './testing/any-approval';
import { laws } from './testing/law';
import { BOB, CAROL } from './testing/story';

/** Laws of who decides, while the directory changes under a ticket's feet. */

const law = laws(fc);

law('who approved was never requester, subject or hander, and as many as the rule wants', ({ ticket }) => {
  for (const { by } of ticket.approvals) {
    expect([ticket.requester.id, ticket.subject.id, ticket.hander?.id]).not.toContain(by.id);
    expect([BOB, CAROL, DAVE].map(({ id }) => id)).toContain(by.id);
  }
  if (ticket.decidedAt) expect(ticket.approvals).toHaveLength(ticket.rule.needed);
  expect(new Set(ticket.approvals.map(({ by }) => by.id)).size).toBe(ticket.approvals.length);
});

law('somebody and whoever stands for them never count as two', ({ ticket: { approvals } }) => {
  const behind = approvals.flatMap(({ by, for: place }) => [by.id, ...(place ? [place.id] : [])]);
  expect(new Set(behind).size).toBe(behind.length);
});

law('a delegate decides only while they stand for somebody', ({ events }) => {
  for (const event of events) {
    const place = event.kind === 'approved' ? event.approval.for : event.kind === 'denied' ? event.for : undefined;
    if (place) expect(event.at < place.until).toBe(true);
  }
});

law('whoever is left in peace while they are away has somebody who is asked in their place', ({ moves }) => {
  for (const { after } of moves) {
    const away = after.approvers.filter((one) => one.away !== undefined);
    const replaced = after.approvers.map(({ for: place }) => place?.id);
    for (const { id } of away) expect(replaced).toContain(id);
  }
});

law('who approves was asked, and stays among those asked as long as the approval counts', ({ moves }) => {
  for (const { after } of moves) {
    const asked = after.approvers.filter(({ circle }) => circle <= after.askedCircle).map(({ id }) => id);
    for (const { by } of after.approvals) expect(asked).toContain(by.id);
    for (const { id } of after.formerApprovers ?? []) expect(after.approvers.map((one) => one.id)).not.toContain(id);
  }
});

law('a rule becomes stricter and never laxer while a ticket waits', ({ moves }) => {
  for (const { before, after } of moves) {
    const { needed, circles } = after.rule;
    expect(needed).toBeGreaterThanOrEqual(before.rule.needed);
    expect(circles.length).toBeGreaterThanOrEqual(before.rule.circles.length);
    // All else, the step-up before all, is as it was.
    expect(after.rule).toEqual({ ...before.rule, needed, circles });
  }
});

law('repeats are barred by a denial alone, and the helpdesk alone lifts that, once', ({ events, ticket }) => {
  const lifted = events.filter(({ kind }) => kind === 'block-lifted');
  expect(lifted.length).toBeLessThanOrEqual(1);
  if (lifted.length > 0) expect(isBlocking(ticket, ticket.openedAt)).toBe(false);
  if (isBlocking(ticket, ticket.openedAt)) expect(ticket.status === 'denied' || ticket.freeze).toBeTruthy();
});
