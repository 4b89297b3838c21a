import { type Moment, type WorkstationRef } from '../bot/tickets/ticket';
import { asking, button } from './actions';
import { type AdaptiveCard, type CardElement } from './card';
import { card, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { stamp } from './moments';
import { label, plain } from './plain';
import { INPUT } from './inputs';
import { pairButton } from './workstation-choice';
import { type Words } from './words/en';

export interface WorkstationRow extends WorkstationRef {
  state: 'pairing' | 'active' | 'removed';
  lastSeenAt?: Moment;
}

/** A person's workstations: pair another, remove one. */
export function workstationsCard({ list }: { list: readonly WorkstationRow[] }, words: Words): AdaptiveCard {
  const say = words.workstations;
  return card(
    words,
    say.title,
    [heading(say.title), ...(list.length === 0 ? [text(say.none)] : list.map((one) => row(one, words)))],
    [
      pairButton(words, list.length === 0 ? 'positive' : undefined),
      button('home', words.buttons.home),
      remove(list, words),
    ],
  );
}

function row({ name, kind, state, lastSeenAt }: WorkstationRow, words: Words): CardElement {
  const say = words.workstations;
  const seen = lastSeenAt === undefined ? say.never : fill(say.seen, { when: stamp(lastSeenAt) });
  return {
    type: 'Container',
    separator: true,
    spacing: 'medium',
    items: [
      text(plain(name, 60), { weight: 'bolder' }),
      quiet(`${say.kinds[kind]} · ${say.states[state]} · ${seen}`, { spacing: 'none' }),
    ],
  };
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
