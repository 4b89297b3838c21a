import { type Flow } from '../bot/tickets/ticket';
import { type ActionData, type TicketVerb, type Verb } from '../bot/tickets/verbs';
import { type TicketView } from '../bot/tickets/view';
import { type ExecuteAction, type OpenUrlAction, type ShowCardAction, type CardElement } from './card';

export interface ButtonOptions {
  ticket?: string;
  nonce?: string;
  flow?: Flow;
  subject?: string;
  style?: ExecuteAction['style'];
  /** Whether the inputs of the card go with the click. Default: no. */
  inputs?: boolean;
}

/**
 * A button. A client that knows no Action.Execute sends the same data by Action.Submit; `show` alone has no such
 * fallback, because a pass goes into the reply to an Execute and nowhere else.
 */
export function button(verb: Verb, title: string, options: ButtonOptions = {}): ExecuteAction {
  const { ticket, nonce, flow, subject, style, inputs = false } = options;
  const data: ActionData & Record<string, string> = {
    verb,
    ...(ticket !== undefined && { ticket }),
    ...(nonce !== undefined && { nonce }),
    ...(flow !== undefined && { flow }),
    ...(subject !== undefined && { subject }),
  };
  const associatedInputs = inputs ? 'auto' : 'none';
  const look = { title, ...(style && { style }) };
  return {
    type: 'Action.Execute',
    ...look,
    verb,
    data,
    associatedInputs,
    ...(verb !== 'show' && { fallback: { type: 'Action.Submit', ...look, data, associatedInputs } as const }),
  };
}

/** Buttons that only look at a ticket: everyone who sees it may press them. */
const LOOKS: readonly TicketVerb[] = ['open-ticket', 'refresh'];

/** A button of a ticket, or undefined where this person may not press it now. */
export function ticketButton(
  view: TicketView,
  verb: TicketVerb,
  title: string,
  options: Omit<ButtonOptions, 'ticket' | 'nonce'> = {},
): ExecuteAction | undefined {
  if (!LOOKS.includes(verb) && !view.can.includes(verb)) return undefined;
  return button(verb, title, { ...options, ticket: view.id, nonce: view.nonce });
}

export function link(title: string, url: string, style?: OpenUrlAction['style']): OpenUrlAction {
  return { type: 'Action.OpenUrl', title, url, ...(style && { style }) };
}

/** A button that unfolds further ones. */
export function unfolding(title: string, actions: readonly ExecuteAction[]): ShowCardAction {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body: [], actions } };
}

/** A button that asks one more question before its own button can be pressed; undefined where that is undefined. */
export function asking(
  title: string,
  body: readonly CardElement[],
  then: ExecuteAction | undefined,
  style?: ShowCardAction['style'],
): ShowCardAction | undefined {
  if (!then) return undefined;
  return {
    type: 'Action.ShowCard',
    title,
    ...(style && { style }),
    card: { type: 'AdaptiveCard', body, actions: [then] },
  };
}
