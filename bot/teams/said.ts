import {
  type AdaptiveCard,
  ALL_WORDS,
  chatLink,
  groupCard,
  hintedCommand,
  INPUT,
  matchCommand,
  refusalCard,
  wordsFor,
} from '../../cards';
import { act, look, ticketByText } from '../service';
import { parseShortId } from '../tickets/ids';
import { absence } from './absence';
import { type Asker, form, home, ownTickets, pair, toDecide, workstations } from './desk';
import { deskWords, exportWords, noTicket, queueByWords, who, withHelpdesk } from './helpdesk';
import { BY_NUMBER, refreshing } from './refresh-card';
import { outcomeCard, slotFor } from './render';

async function ticket(asker: Asker, text: string): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const id = await ticketByText(deps, text);
  const found = id ? await look(deps, member, id) : { refusal: noTicket(text, 'ticket', words) };
  const outcome = await withHelpdesk(asker, found);
  const card = outcomeCard(outcome, words);
  const { details } = outcome;
  if (!details) return card;
  return refreshing(card, { slot: slotFor(details), details, words, as: BY_NUMBER }, asker.teamsUserId);
}

/** `comment KV-7Q2M-9D what to note` */
async function comment(asker: Asker, rest: string, nonce: string): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const [shortId = '', ...said] = rest.split(' ');
  const id = await ticketByText(deps, shortId);
  if (!id) return refusalCard(noTicket(shortId, 'comment', words), words);
  const outcome = await act(deps, member, { ticket: id, verb: 'comment', nonce, text: said.join(' ') });
  return outcomeCard(outcome, words, { slot: 'helpdesk' });
}

/** Not understood: the form that its words hint at, for a form changes nothing, or else the home card, which says so. */
async function unclear(asker: Asker, text: string): Promise<AdaptiveCard> {
  const flow = hintedCommand(text, ALL_WORDS);
  return flow ? form(asker, { for: 'me', flow }) : home(asker, { unclear: text.trim() !== '' });
}

/**
 * What a typed line brings about: the card that answers it. Anything not understood is answered by the home card.
 * @param nonce the activity's id: the same line delivered twice is one command
 * @returns `language` where the person has chosen one
 */
export async function said(
  asker: Asker,
  text: string,
  nonce: string,
): Promise<{ card: AdaptiveCard; language?: 'en' | 'de' }> {
  if (parseShortId(text)) return { card: await ticket(asker, text) };
  const languages = [asker.words, ...ALL_WORDS.filter((words) => words !== asker.words)];
  const matched = matchCommand(text, languages);
  const rest = matched?.rest ?? '';
  switch (matched?.command) {
    case 'ask':
      return { card: await form(asker, { for: 'me', flow: 'onboarding' }) };
    case 'ask-other':
      return {
        card: await form(asker, {
          for: 'other',
          flow: 'onboarding',
          ...(rest && { values: { [INPUT.person]: rest } }),
        }),
      };
    case 'lost-key':
    case 'locked-pin':
    case 'spare-key':
    case 'pass':
      return { card: await form(asker, { for: 'me', flow: matched.command }) };
    case 'my-tickets':
      return { card: await ownTickets(asker) };
    case 'waiting':
      return { card: await toDecide(asker) };
    case 'queue':
      return { card: await queueByWords(asker, rest) };
    case 'who':
      // To anybody else these words are a question like any other.
      return { card: asker.member.helpdesk ? await who(asker, rest) : await unclear(asker, text) };
    case 'assign':
    case 'nudge':
    case 'resend':
      return { card: await deskWords(asker, matched.command, rest, nonce) };
    case 'export':
      return { card: await exportWords(asker, rest) };
    case 'ticket':
      return { card: await ticket(asker, rest) };
    case 'share': {
      const { appId } = asker.deps.settings;
      return { card: groupCard(appId === undefined ? {} : { chat: chatLink(appId) }, asker.words) };
    }
    case 'pair':
      return { card: await pair(asker, /\bdesk\b/i.test(text) ? 'desk' : 'own') };
    case 'away':
      return { card: await absence(asker) };
    case 'workstations':
      return { card: await workstations(asker) };
    case 'comment':
      return { card: await comment(asker, rest, nonce) };
    case 'english':
      return { card: await home({ ...asker, words: wordsFor('en') }), language: 'en' };
    case 'german':
      return { card: await home({ ...asker, words: wordsFor('de') }), language: 'de' };
    case 'home':
      return { card: await home(asker) };
    case undefined:
      return { card: await unclear(asker, text) };
  }
}
