import { type Ticket } from '../../../bot/tickets/ticket';
import { untrueCards } from '../rig/played/cards';
import { type House } from '../rig/played/house';

/** The tickets about a person, as storage has them. */
export async function ticketsAbout({ truth }: House, person: string): Promise<Ticket[]> {
  const { items } = await truth.tickets.ofPerson(person, { size: 50 });
  const stored = await Promise.all(items.map((id) => truth.tickets.load(id)));
  return stored.flatMap((one) => (one ? [one.ticket] : []));
}

/** Whether nothing is waiting to be done for these tickets at this moment. */
export async function isQuiet({ truth, clock }: House, tickets: readonly Ticket[]): Promise<boolean> {
  // What is about to be done is still news.
  const soon = new Date(clock.now().getTime() + 2_000).toISOString();
  const waiting = await Promise.all(tickets.map(({ id }) => truth.tickets.outbox(id, soon)));
  return waiting.flat().length === 0;
}

/** Everything that a card says of these tickets and that is not so. */
export async function untrue(house: House, person: string): Promise<string[]> {
  const tickets = await ticketsAbout(house, person);
  return (await Promise.all(tickets.map((ticket) => untrueCards(house, ticket)))).flat();
}
