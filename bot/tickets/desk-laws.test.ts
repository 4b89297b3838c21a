import fc from 'fast-check';
import { outlivesEnd } from './complete';
import { wantedOf } from './reactions';
import { fitsQueue, queueOrder, queuePlace, WAITS_ON } from './queue';
import { laws } from './testing/law';
import { HELEN } from './testing/story';
import { isOpen, type Ticket } from './ticket';
import { viewOf } from './view';

/** Laws of what the helpdesk does beside a ticket's own course, whatever happens around it. */

const law = laws(fc);

const DESK = ['assign', 'unassign', 'nudge', 'resend', 'comment'];

/** A ticket without what only the helpdesk's own commands write. */
function course(ticket: Ticket): Partial<Ticket> {
  const {
    assigned: _assigned,
    postedAnew: _posted,
    requesterNudgedAt: _nudged,
    helpdeskCalled: _called,
    comments: _comments,
    version: _version,
    ...rest
  } = ticket;
  return rest;
}

law('they decide nothing, give nothing and stop nothing', ({ moves }) => {
  for (const { before, command, after } of moves)
    if (DESK.includes(command.kind)) expect(course(after)).toEqual(course(before));
});

law('nobody does them but the helpdesk; the requester may have people reminded', ({ moves }) => {
  for (const { before, command, events } of moves) {
    if (!DESK.includes(command.kind) || events.length === 0) continue;
    const helpdesk = 'helpdesk' in command && command.helpdesk;
    const requester = command.by.kind === 'person' && command.by.id === before.requester.id;
    expect(helpdesk || (command.kind === 'nudge' && requester)).toBe(true);
  }
});

law('they want nothing of the world but cards', ({ moves }) => {
  for (const { command, events, after } of moves) {
    if (!DESK.includes(command.kind) || events.length === 0) continue;
    const kinds = wantedOf(after, events, command).map(({ effect }) => effect.kind);
    expect(kinds.filter((kind) => !['card', 'helpdesk-cards', 'shared-card', 'tell-outer'].includes(kind))).toEqual([]);
  }
});

law(
  'an approver is reminded by hand at most once in a quarter of an hour, and by the requester once an hour',
  ({ events }) => {
    const last = new Map<string, number>();
    let asked = -Infinity;
    for (const event of events) {
      if (event.kind !== 'nudged') continue;
      const at = Date.parse(event.at);
      expect(event.approvers.length).toBeGreaterThan(0);
      for (const { id } of event.approvers) {
        expect(at - (last.get(id) ?? -Infinity)).toBeGreaterThanOrEqual(15 * 60_000);
        last.set(id, at);
      }
      if (event.as !== 'requester') continue;
      expect(at - asked).toBeGreaterThanOrEqual(60 * 60_000);
      asked = at;
    }
  },
);

law('whatever is open, or is stuck with what outlives its end, is in the queue; nothing else is', ({ moves }) => {
  for (const { after } of moves) {
    const place = queuePlace(after);
    const wanted = isOpen(after) || (after.parked !== undefined && outlivesEnd(after));
    expect(place !== undefined).toBe(wanted);
    if (!place) continue;
    expect(WAITS_ON).toContain(place.waitsOn);
    if (after.parked || after.status === 'frozen') expect(place.waitsOn).toBe('helpdesk');
    // Found among those that are assigned to somebody, or among those that are not, never in both.
    const mine = after.assigned ? fitsQueue(place, { assigned: { to: after.assigned.to.id } }) : true;
    expect(mine && fitsQueue(place, { assigned: 'nobody' }) === (after.assigned === undefined)).toBe(true);
    expect(queueOrder(place) < '1').toBe(place.waitsOn === 'helpdesk');
  }
});

law('the helpdesk finds a button for all it may do, and no other', ({ moves }) => {
  for (const { after, command } of moves) {
    const view = viewOf(after, { id: HELEN.id, name: HELEN.name, helpdesk: true }, command.at);
    expect(view?.can.includes('nudge')).toBe((view?.desk?.nudgeable.length ?? 0) > 0);
    expect(view?.can.includes('unassign')).toBe(after.assigned !== undefined && view?.can.includes('assign'));
  }
});
