import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { splitEvent } from '../storage/personal';
import { type TicketEvent } from '../tickets/events';
import { replay } from '../tickets/evolve';
import { anyStory } from '../tickets/testing/any-story';
import { told } from '../tickets/testing/told';
import { type Ticket } from '../tickets/ticket';
import { eventSchema, OutwardEvent } from './event-schema';
import { outwardEvents } from './outward';

const { openings, steps } = anyStory(fc);
const OPEN = { names: true, texts: true };
const CLOSED = { names: false, texts: false };

/** The history as the storage gives it: without what is personal. */
function bare(events: readonly TicketEvent[]): TicketEvent[] {
  return events.map((event) => ({ ...splitEvent(event).data, kind: event.kind, at: event.at }) as TicketEvent);
}

const law = (name: string, holds: (ticket: Ticket, events: readonly TicketEvent[]) => void) =>
  test(name, () => {
    fc.assert(
      fc.property(openings, steps, (open, list) => {
        const { ticket, events } = told(open, list);
        holds(ticket, events);
      }),
      { numRuns: 150 },
    );
  });

const schema = JSON.parse(readFileSync(join(__dirname, 'event-1.schema.json'), 'utf8')) as object;
const ajv = addFormats(new Ajv2020({ strict: false }));
const validate = ajv.compile(schema);

test('the JSON Schema for receivers is the one that the service keeps', () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(eventSchema())));
});

law('every event of every story fits the schema, and is numbered from 1 on without a gap', (ticket, events) => {
  const outward = outwardEvents(bare(events), ticket, OPEN);
  expect(outward.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(new Set(outward.map(({ id }) => id)).size).toBe(events.length);
  for (const event of outward) {
    expect(OutwardEvent.safeParse(event).error).toBeUndefined();
    expect(validate(JSON.parse(JSON.stringify(event))) || validate.errors).toBe(true);
  }
});

law('each tells the ticket as it stood after it', (ticket, events) => {
  for (const { sequence, ticket: shown, at } of outwardEvents(bare(events), ticket, CLOSED)) {
    const then = replay(events.slice(0, sequence))!;
    expect(shown).toMatchObject({ id: then.id, flow: then.flow, status: then.status, onBehalf: true });
    expect(shown.closedAt).toBe(then.closedAt);
    expect(at).toBe(events[sequence - 1]?.at);
  }
});

law('told again later it is word for word the same, and no more is told than is new', (ticket, events) => {
  const all = outwardEvents(bare(events), ticket, CLOSED);
  const half = Math.floor(events.length / 2);
  const early = outwardEvents(bare(events.slice(0, half)), replay(events.slice(0, half)) ?? ticket, CLOSED);
  expect(JSON.stringify(early)).toBe(JSON.stringify(all.slice(0, half)));
  expect(JSON.stringify(outwardEvents(bare(events), ticket, CLOSED, half))).toBe(JSON.stringify(all.slice(half)));
});

law('names and what people wrote go out only where the setting says so', (ticket, events) => {
  const closed = JSON.stringify(outwardEvents(bare(events), ticket, CLOSED));
  for (const { name } of [ticket.requester, ticket.subject]) expect(closed).not.toContain(`"name":"${name}"`);
  for (const text of [ticket.reason, ticket.denial?.reason, ...ticket.comments.map((one) => one.text)])
    if (text) expect(closed).not.toContain(text);
  const [first] = outwardEvents(bare(events), ticket, OPEN);
  expect(first).toMatchObject({ text: ticket.reason, subject: { id: ticket.subject.id, name: ticket.subject.name } });
});

law(
  'what the service keeps to itself stays: hashes, what a key made, signatures, and who was asked',
  (ticket, events) => {
    const outward = JSON.stringify(outwardEvents(bare(events), ticket, OPEN));
    expect(outward).not.toMatch(/challenge|credentialId|attestation|decision"|proof|methodId":"pass"|approvers|rule/);
  },
);
