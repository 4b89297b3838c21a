import * as z from 'zod/v4';
import { OUTER_CHANNELS } from '../tickets/outer';
import { FLOWS } from '../tickets/ticket';

/** What can have happened, as a receiver is told. A receiver ignores types that it does not know. */
export const EVENT_TYPES = [
  ...[
    'ticket.opened',
    'ticket.reminded',
    'ticket.widened',
    'ticket.approval-given',
    'ticket.approved',
    'ticket.denied',
  ],
  ...['ticket.cancelled', 'ticket.expired', 'ticket.completed', 'ticket.frozen', 'ticket.thawed', 'ticket.parked'],
  ...[
    'ticket.taken-over',
    'ticket.assigned',
    'ticket.not-needed',
    'ticket.resumed',
    'ticket.commented',
    'ticket.numbered',
    'ticket.vouched',
  ],
  ...['ticket.vouch-refused', 'ticket.way-chosen', 'ticket.first-sign-in', 'ticket.changed'],
  ...[
    'pass.shown',
    'pass.ended',
    'passkey.added',
    'passkey.removed',
    'sessions.revoked',
    'key.erased',
    'job.offered',
    'job.failed',
  ],
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const Moment = z.iso.datetime({ precision: 3 }).describe('ISO 8601, UTC, with milliseconds');

const Person = z.strictObject({
  id: z.string().describe("Entra's object id"),
  name: z.string().optional().describe('only where the setting says so'),
});

/** One delivery of a webhook, version 1. A later version adds fields; it takes none away and changes none. */
export const OutwardEvent = z
  .strictObject({
    version: z.literal(1),
    id: z.string().describe('of the event: the same at each try, so that what comes twice can be told'),
    type: z.enum(EVENT_TYPES),
    at: Moment.describe('when it happened'),
    sequence: z.int().positive().describe('counts the events of the ticket from 1 on, without a gap'),
    ticket: z.strictObject({
      id: z.string(),
      shortId: z.string().describe('what people call it: KV-7Q2M-9D'),
      flow: z.enum(FLOWS),
      status: z
        .enum(['waiting', 'approved', 'done', 'denied', 'cancelled', 'expired', 'frozen'])
        .describe('after this event'),
      steps: z.array(z.string()).describe('what it waits for after this event: approve, vouch, register …'),
      openedAt: Moment,
      closedAt: Moment.optional(),
      onBehalf: z.boolean().describe('whether somebody else asked for the subject'),
    }),
    requester: Person,
    subject: Person,
    actor: z.strictObject({ kind: z.enum(['person', 'workstation', 'service']), id: z.string().optional() }),
    facts: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .describe('what the type says besides: ids, codes and moments, never a pass, a code or what somebody wrote'),
    text: z.string().optional().describe('what somebody wrote, only where the setting says so'),
    number: z
      .strictObject({
        number: z.string(),
        url: z.string().optional(),
        by: z.enum([...OUTER_CHANNELS, 'hand']),
      })
      .optional()
      .describe('what the ticket is called elsewhere, after this event'),
  })
  .meta({ title: 'Keyvouch event, version 1' });
export type OutwardEvent = z.infer<typeof OutwardEvent>;

/** JSON Schema (2020-12) of a delivery: what event-1.schema.json holds (infra/local/outer/write-schema.ts writes it). */
export function eventSchema(): object {
  return z.toJSONSchema(OutwardEvent);
}
