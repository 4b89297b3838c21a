import { type PersonRef } from '../bot/tickets/people';
import { button } from './actions';
import { type AdaptiveCard, type CardElement, type Color } from './card';
import { card, heading, quiet, text } from './elements';
import { type Facts, fill, fillPlain } from './fill';
import { plain } from './plain';
import { entry } from './said';
import { type Said, type Words } from './words/en';

/** One thing that was checked, or that nobody could check. `code`: its words in `words.readiness.items`. */
export interface ReadinessItem {
  state: 'ok' | 'warn' | 'stop' | 'not-checked';
  code: string;
  facts?: Facts;
}

export interface ReadinessModel {
  /** Whom it is about. */
  subject: PersonRef;
  items: readonly ReadinessItem[];
}

const SIGN: Record<ReadinessItem['state'], string> = { ok: '✓', warn: '!', stop: '✕', 'not-checked': '?' };
const COLOR: Partial<Record<ReadinessItem['state'], Color>> = { ok: 'good', warn: 'warning', stop: 'attention' };
/** What is in the way comes first, what is fine last. */
const ORDER: readonly ReadinessItem['state'][] = ['stop', 'warn', 'not-checked', 'ok'];

/** What is in the way of a person's key, what to do about it, and what nobody could check. */
export function readinessCard({ subject, items }: ReadinessModel, words: Words): AdaptiveCard {
  const say = words.readiness;
  const worst = ORDER.find((state) => state !== 'not-checked' && items.some((item) => item.state === state));
  const verdict = worst === undefined || worst === 'not-checked' ? say.nothing : say[worst];
  return card(
    words,
    say.title,
    [
      heading(say.title),
      quiet(fill(say.subject, { name: plain(subject.name, 60) })),
      text(verdict, { weight: 'bolder' }),
      ...readinessLines(items, words),
    ],
    [button('home', words.buttons.home)],
  );
}

/** The lines alone, for a form: what is in the way first, each kind under its sign and word, with what to do. */
export function readinessLines(items: readonly ReadinessItem[], words: Words): CardElement[] {
  return ORDER.flatMap((state) => {
    const some = items.filter((item) => item.state === state);
    if (some.length === 0) return [];
    const color = COLOR[state];
    const title = text(`${SIGN[state]} ${words.readiness.states[state]}`, {
      weight: 'bolder',
      ...(color && { color }),
    });
    return [{ type: 'Container', spacing: 'medium', items: [title, ...some.flatMap((item) => lines(item, words))] }];
  });
}

function lines({ state, code, facts }: ReadinessItem, words: Words): CardElement[] {
  const say = words.readiness;
  const { faults, refusals } = words;
  const said = entry<Said>(say.items, code) ?? entry<Said>(faults, code) ?? entry<Said>(refusals, code) ?? say.generic;
  const values = { code, ...facts };
  if (state === 'ok' || state === 'not-checked') return [quiet(fillPlain(said.say, values))];
  const todo = fillPlain(said.todo, values);
  const sentence = text(fillPlain(said.say, values), { spacing: 'small' });
  return todo === '' ? [sentence] : [sentence, quiet(todo, { spacing: 'none' })];
}
