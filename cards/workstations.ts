import { type Moment, type WorkstationRef } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { asking, button } from './actions';
import { type AdaptiveCard, type CardElement } from './card';
import { fingerprint } from './confirm-workstation';
import { buttons, card, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { stamp } from './moments';
import { label, plain } from './plain';
import { INPUT } from './inputs';
import { pairButton, pairDeskButton } from './workstation-choice';
import { type Words } from './words/en';

export interface WorkstationRow extends WorkstationRef {
  state: 'pairing' | 'active' | 'removed';
  lastSeenAt?: Moment;
  /** While it is pairing: the words of the fingerprint of its key, in order. */
  words?: readonly string[];
}

export interface WorkstationsModel {
  list: readonly WorkstationRow[];
  /** Whether the reader belongs to the helpdesk, which pairs desk workstations too. */
  helpdesk?: boolean;
  /** The reader's request that can go on at a workstation now. */
  request?: Pick<TicketView, 'id' | 'shortId' | 'nonce'>;
}

/** A person's workstations: pair another, confirm the one that waits, remove one. */
export function workstationsCard({ list, helpdesk, request }: WorkstationsModel, words: Words): AdaptiveCard {
  const say = words.workstations;
  const waiting = list.filter(({ state }) => state === 'pairing').length;
  return card(
    words,
    say.title,
    [
      heading(say.title),
      list.length === 0 ? text(say.none) : undefined,
      waiting > 1 ? text(say.several) : undefined,
      ...list.map((one) => row(one, waiting === 1, words)),
    ],
    [
      request
        ? button('open-ticket', fill(words.buttons.open_ticket, { ticket: request.shortId }), {
            ...{ ticket: request.id, nonce: request.nonce },
            style: 'positive',
          })
        : undefined,
      pairButton(words, list.length === 0 ? 'positive' : undefined),
      helpdesk ? pairDeskButton(words) : undefined,
      button('home', words.buttons.home),
      remove(list, words),
    ],
  );
}

function row(one: WorkstationRow, only: boolean, words: Words): CardElement {
  const { name, kind, state, lastSeenAt } = one;
  const say = words.workstations;
  const never = state === 'active' ? say.never : undefined;
  const seen = lastSeenAt === undefined ? never : fill(say.seen, { when: stamp(lastSeenAt) });
  return {
    type: 'Container',
    separator: true,
    spacing: 'medium',
    items: [
      text(plain(name, 60), { weight: 'bolder' }),
      quiet(present([say.kinds[kind], say.states[state], seen]).join(' · '), { spacing: 'none' }),
      ...(state === 'pairing' ? pairing(one, only, words) : []),
    ],
  };
}

/** Confirming is offered to those alone who can compare the words, and only where there is no mistaking which one. */
function pairing({ id, words: list }: WorkstationRow, only: boolean, words: Words): CardElement[] {
  const { 'confirm-workstation': yes, 'refuse-workstation': no } = words.buttons;
  const confirm = button('confirm-workstation', yes, { subject: id, style: 'positive' });
  return present([
    list && fingerprint(list),
    list && only ? text(words.confirmWorkstation.ask) : undefined,
    only ? buttons(present([list && confirm, button('refuse-workstation', no, { subject: id })])) : undefined,
  ]);
}

function remove(list: readonly WorkstationRow[], words: Words) {
  const say = words.workstations;
  const there = list.filter(({ state }) => state !== 'removed');
  const [first] = there;
  if (!first) return undefined;
  const several = there.length > 1;
  const which: CardElement | undefined = several
    ? {
        type: 'Input.ChoiceSet',
        id: INPUT.workstation,
        label: say.which,
        style: 'compact',
        value: first.id,
        choices: there.map(({ id, name }) => ({ title: label(name, 60), value: id })),
      }
    : text(plain(first.name, 60), { weight: 'bolder' });
  return asking(
    words.buttons.remove_,
    present([which, text(say.removal)]),
    button('remove-workstation', words.buttons['remove-workstation'], {
      style: 'destructive',
      ...(several ? { inputs: true } : { subject: first.id }),
    }),
  );
}
