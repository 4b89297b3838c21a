import { type StandsFor } from '../bot/tickets/rule';
import { fill } from './fill';
import { dayAndTime } from './moments';
import { plain } from './plain';
import { type Words } from './words/en';

interface Named {
  name: string;
  for?: StandsFor;
}

/** One of those asked; of a delegate also in whose place, and until when. */
export function approverName({ name, for: place }: Named, words: Words): string {
  if (!place) return plain(name, 60);
  const { named } = words.delegate;
  return fill(named, { name: plain(name, 60), other: plain(place.name, 60), when: dayAndTime(place.until) });
}

/** Who has decided; of a delegate also in whose place. */
export function deciderName({ by, for: place }: { by: { name: string }; for?: StandsFor }, words: Words): string {
  const name = plain(by.name, 60);
  return place ? fill(words.delegate.gave, { name, other: plain(place.name, 60) }) : name;
}
