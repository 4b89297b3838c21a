import { ulid } from 'ulid';
import { type Storage } from '../../../bot/storage';
import { shortIdOf } from '../../../bot/tickets/ids';
import { FLOWS } from '../../../bot/tickets/ticket';
import { facts, OLD_KEYS, person, RULE, story } from '../../../bot/tickets/testing/story';

/** Whose clicks are measured: they have their share of the tickets, as somebody has who works with Keyvouch a lot. */
export interface Cast {
  requester: { id: string; name: string };
  approver: { id: string; name: string };
}

/** In minutes. */
const YEARS = 5_000_000;
/** Every so many tickets one is still open; every so many are the cast's own, and closed. */
const OPEN_EACH = 50;
const CAST_EACH = 100;
const PEOPLE_EACH = 5;
/** Far enough apart for the limits on requests. */
const GAP_MS = 10 * 60_000;

/** Puts so many tickets into the tables by the product's own commits: most are closed, some wait. */
export async function fill(
  storage: Storage,
  tickets: number,
  before: Date,
  { requester, approver }: Cast,
): Promise<void> {
  const others = Math.ceil(tickets / PEOPLE_EACH);
  for (let n = 0; n < tickets; n += 1) {
    const at = new Date(before.getTime() - (tickets - n) * GAP_MS);
    const id = ulid(at.getTime());
    const own = n % CAST_EACH === 0;
    const who = own ? facts(requester.name, requester) : facts(`person-${n % others}`);
    const boss = own ? facts(approver.name, approver) : facts(`boss-${n % Math.ceil(others / 10)}`);
    const flow = FLOWS.filter((one) => one !== 'return-key')[n % (FLOWS.length - 1)] ?? 'onboarding';
    const told = story({
      ...{ id, shortId: shortIdOf(id), at: at.toISOString(), flow, requester: who },
      standing: { subject: who, privileged: false, emergency: false, stops: [] },
      // None of them comes due while the clicks are measured.
      rule: { ...RULE, remindAfter: YEARS, widenAfter: YEARS, expireAfter: YEARS },
      candidates: [{ person: boss, circle: 0, via: 'manager' }],
      ...{ passkeysBefore: OLD_KEYS.map(({ methodId }) => methodId), removes: OLD_KEYS, strongMethods: 1 },
    });
    if (own || n % OPEN_EACH !== 1) told.then(person(who), { kind: 'cancel', helpdesk: false });
    const result = await storage.tickets.commit({
      after: told.ticket,
      commandId: `fill~${id}`,
      events: told.events,
      wanted: [],
    });
    // Two short ids may be the same by chance; the storage refuses the second.
    if (result.kind === 'duplicate') throw new Error(`ticket ${id} was there before`);
  }
}
