import { type OutwardEvent } from './event-schema';

/** An event as it is told; `more` changes it. */
export function sampleEvent(more: Partial<OutwardEvent> = {}, status: OutwardEvent['ticket']['status'] = 'waiting') {
  return {
    version: 1,
    id: '01JNGZ0000000000000000K7Q2.1',
    type: 'ticket.opened',
    at: '2026-03-02T08:00:00.000Z',
    sequence: 1,
    ticket: {
      ...{ id: '01JNGZ0000000000000000K7Q2', shortId: 'KV-7Q2M-9D', flow: 'onboarding', status },
      ...{ steps: ['approve'], openedAt: '2026-03-02T08:00:00.000Z', onBehalf: false },
    },
    requester: { id: 'id-ada', name: 'Ada' },
    subject: { id: 'id-ada', name: 'Ada' },
    actor: { kind: 'person', id: 'id-ada' },
    facts: {},
    ...more,
  } satisfies OutwardEvent;
}
