import { type Ticket } from '../../../bot/tickets/ticket';
import { viewOf } from '../../../bot/tickets/view';
import { standingOn, ticketsOn } from '../../local/play/reading';
import { type CardJson } from '../../local/teams';
import { cardActions } from '../../local/teams/card-actions';
import { type House } from '../rig/played/house';
import { HELPDESK, playersOf, type Story } from '../rig/played/stories';

/** A card as somebody had it on their screen at some time. */
interface Kept {
  person: string;
  card: CardJson;
}

/** Keeps every card that anybody of a story has ever seen, as a client that was never refreshed does. */
export interface Album {
  keep(): void;
  kept(): readonly Kept[];
}

export function createAlbum(house: House, story: Story): Album {
  const kept = new Map<string, Kept>();
  const people = [...new Set([...playersOf(story), ...HELPDESK].map(({ id }) => id))];
  return {
    keep() {
      for (const person of people)
        for (const { card, view } of house.crowd.chat(person))
          for (const one of [card, ...(view ? [view] : [])])
            kept.set(`${person} ${JSON.stringify(one)}`, { person, card: one });
    },
    kept: () => [...kept.values()],
  };
}

const INPUTS = {
  how: 'video',
  denial: 'No.',
  code: '000000',
  comment: 'Late.',
  reason: 'Late.',
  workstation: 'ws-nobodys',
};
/** They look, or begin something of its own. */
const LOOKS = [
  ...['open-ticket', 'refresh', 'show-vouch-code', 'history', 'deliveries', 'export', 'home', 'ask', 'ask-other'],
  ...['pair', 'workstations', 'queue', 'waiting', 'my-tickets'],
];
/** What one who may do the second may do too: a pass that is prepared can be prepared anew. */
const AS_GOOD: Readonly<Record<string, string>> = { 'prepare-show': 'show' };

interface Pressed {
  violations: string[];
  presses: Record<string, number>;
}

const versionOf = async (house: House, id: string) => (await house.truth.tickets.load(id))?.ticket;

/** Presses every button of every card that was kept, where the ticket would not offer it to that person any more. */
export async function pressAll(house: House, album: Album, ticket: Ticket): Promise<Pressed> {
  const violations: string[] = [];
  const presses: Record<string, number> = {};
  const helpdesk = new Set(HELPDESK.map(({ id }) => id));
  const tried = new Set<string>();
  for (const { person, card } of album.kept()) {
    if (!ticketsOn(card).includes(ticket.shortId)) continue;
    for (const { action } of cardActions(card)) {
      const { verb = '', data } = action;
      const before = await versionOf(house, ticket.id);
      if (!before || LOOKS.includes(verb) || data['ticket'] !== ticket.id) continue;
      const view = viewOf(
        before,
        { id: person, name: '', helpdesk: helpdesk.has(person) },
        house.clock.now().toISOString(),
      );
      const key = `${person} ${verb} ${String(data['nonce'])}`;
      if (view?.can.some((one) => one === verb || one === AS_GOOD[verb]) === true || tried.has(key)) continue;
      tried.add(key);
      const effects = house.entra.effects().length;
      const answer = await house.crowd.press(person, card, verb, INPUTS);
      const after = await versionOf(house, ticket.id);
      const name = `${verb} ${before.status}`;
      presses[name] = (presses[name] ?? 0) + 1;
      const what = `"${verb}" of ${String(data['nonce'])} on a ticket that is ${before.status} (${view?.nonce ?? 'no view'})`;
      if (after?.version !== before.version) violations.push(`${what} changed it`);
      if (house.entra.effects().length !== effects) violations.push(`${what} changed something in Entra`);
      if (answer.kind !== 'card')
        violations.push(`${what} was answered by ${answer.kind === 'fault' ? answer.code : 'nothing'}`);
      const says = answer.kind === 'card' ? standingOn(answer.card) : undefined;
      if (answer.kind === 'card' && says !== before.status)
        violations.push(`${what} was answered by a card that says "${says ?? 'nothing of how it stands'}"`);
    }
  }
  return { violations, presses };
}
