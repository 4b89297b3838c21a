import { type AdaptiveCard, inPlace, sharedTicketCard, withRefresh, wordsFor } from '../../cards';
import { type Deps, look, type Member, memberOf } from '../service';
import { type CardSlot } from '../tickets/effects';
import { isSharedIn, sharedView } from '../tickets/shared';
import { withHelpdesk } from './helpdesk';
import { BY_NUMBER, mayShowSecret, refreshing } from './refresh-card';
import { cardOfSlot, slotFor } from './render';
import { ownQueue } from './group';
import { type Click } from './said-and-clicked';
import { type Speaker } from './who';

/** For so long nobody is looked up again who only looks: their client asks on its own, as often as it likes. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_AT_MOST = 500;

const SLOTS: readonly CardSlot[] = ['progress', 'approval', 'handover', 'helpdesk'];

/**
 * What a client is answered that asks for a card by itself, because it shows it. It changes nothing, whatever verb it
 * names, and tells nobody.
 */
export interface Refresh {
  /** @returns undefined: what stands there is to stay. */
  (speaker: Speaker, click: Click): Promise<AdaptiveCard | undefined>;
}

export function createRefresh(deps: Deps): Refresh {
  const known = new Map<string, { until: number; member: Promise<Member> }>();

  /** The person as Entra knew them within the last minute: for looking alone. @throws Fault `not-a-member` */
  function onlooker(id: string): Promise<Member> {
    const now = deps.now().getTime();
    const before = known.get(id);
    if (before && before.until > now) return before.member;
    if (known.size >= REMEMBERED_AT_MOST) known.clear();
    const member = memberOf(deps, id);
    known.set(id, { until: now + REMEMBERED_MS, member });
    member.catch(() => known.delete(id));
    return member;
  }

  async function own(speaker: Speaker, click: Click, member: Member): Promise<AdaptiveCard | undefined> {
    const byNumber = click.subject === BY_NUMBER;
    const looked = look(deps, member, click.ticket ?? '');
    const [{ details }, conversation] = await Promise.all([
      byNumber ? looked.then((outcome) => withHelpdesk({ deps, member }, outcome)) : looked,
      deps.conversations.get(speaker.person),
    ]);
    if (!details) return undefined;
    const asked = SLOTS.find((slot) => slot === click.subject);
    const may = asked !== 'helpdesk' || details.view.roles.includes('helpdesk');
    const slot = asked !== undefined && may ? asked : slotFor(details);
    if (mayShowSecret(slot, details)) return undefined;
    const words = wordsFor(conversation?.locale ?? speaker.locale ?? deps.settings.language);
    const drawn = { slot, details, words, as: byNumber ? BY_NUMBER : undefined } as const;
    return refreshing(cardOfSlot(slot, details, words), drawn, speaker.teamsUserId);
  }

  async function inGroup(speaker: Speaker, click: Click, member: Member): Promise<AdaptiveCard | undefined> {
    const { place, person, teamsUserId, locale } = speaker;
    const [conversation, stored] = await Promise.all([
      deps.conversations.get(person),
      click.ticket === undefined ? undefined : deps.tickets.load(click.ticket),
    ]);
    const words = wordsFor(conversation?.locale ?? locale ?? deps.settings.language);
    if (click.verb === 'queue') {
      const asker = { deps, member, words, at: deps.now().toISOString() };
      return member.helpdesk ? ownQueue(asker, speaker, click.subject) : undefined;
    }
    if (!stored || !place || !isSharedIn(stored.ticket, place.id)) return undefined;
    const view = sharedView(stored.ticket);
    const of = { ticket: view.id, nonce: view.nonce, slot: 'shared' };
    if (!member.helpdesk) return sharedTicketCard({ view }, words);
    const { details } = await look(deps, member, view.id);
    if (!details) return undefined;
    const card = inPlace(cardOfSlot('helpdesk', details, words), { view: details.view, shared: true }, words);
    return withRefresh(card, of, [teamsUserId], words);
  }

  return async (speaker, click) => {
    const queue = click.verb === 'queue' && !speaker.personal;
    if (click.ticket === undefined && !queue) return undefined;
    const member = await onlooker(speaker.person);
    return speaker.personal ? own(speaker, click, member) : inGroup(speaker, click, member);
  };
}
