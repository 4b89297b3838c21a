import fc from 'fast-check';
import { laws } from './testing/law';
import { wantedOf } from './reactions';

const law = laws(fc, { stepUp: true });

/** So that no law holds for want of stories. */
let decided = 0;
afterAll(() => {
  expect(decided).toBeGreaterThan(20);
});

law('nobody is counted without their own signature over this ticket, as it was when they were asked', ({ moves }) => {
  for (const { before, after, events } of moves) {
    for (const event of events) {
      if (event.kind !== 'approved') continue;
      const { by, proof, how } = event.approval;
      const asked = before.stepUps?.find((one) => one.by.id === by.id);
      expect(asked).toMatchObject({ state: 'started', how });
      expect(proof?.statement).toEqual(asked?.statement);
      expect(proof?.statement).toMatchObject({ ticket: after.shortId, subject: { id: after.subject.id }, how });
      expect(proof?.statement.approver.id).toBe(by.id);
    }
    if (after.decidedAt) for (const { proof } of after.approvals) expect(proof).toBeDefined();
  }
});

law('a decision is used no longer, and nowhere else, than each of its approvers has signed', ({ ticket }) => {
  if (!ticket.decidedAt) return;
  decided += 1;
  for (const { proof } of ticket.approvals) {
    if (ticket.status === 'approved')
      expect(Date.parse(ticket.expiresAt) / 1000).toBeLessThanOrEqual(proof!.statement.exp);
    const named = proof!.statement.workstations.map(({ id }) => id);
    if (named.length > 0) expect(ticket.approvedFor.length).toBeGreaterThan(0);
    for (const { id } of ticket.approvedFor) if (named.length > 0) expect(named).toContain(id);
  }
});

law('each approver is asked for one signature at a time, and for none once it is decided', ({ moves }) => {
  for (const { before, after, events, command } of moves) {
    const people = (after.stepUps ?? []).map(({ by }) => by.id);
    expect(new Set(people).size).toBe(people.length);
    const offers = wantedOf(after, events, command).filter(({ effect }) => effect.kind === 'offer-approval');
    if (offers.length > 0) expect(before.status).toBe('waiting');
    expect(offers).toHaveLength(events.filter(({ kind }) => kind === 'approval-begun').length);
  }
});
