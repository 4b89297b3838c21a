import { wordsFor, type Words } from '../../../cards';
import { northwindHarbour, people } from '../entra';

/** Somebody at the page: as the directory names them, and the words in which Keyvouch speaks to them. */
export interface Person {
  readonly id: string;
  readonly upn: string;
  readonly name: string;
  readonly words: Words;
}

function person(who: { id: string; upn: string }, locale = 'en-GB'): Person {
  const found = northwindHarbour.people?.find(({ id }) => id === who.id);
  if (!found) throw new Error(`${who.upn} is not in the directory`);
  return { ...who, name: found.displayName, words: wordsFor(locale) };
}

/** The languages are those of the sandbox's Teams: Ada's is German, everybody else's is English. */
export const cast = {
  ada: person(people.ada, 'de-DE'),
  mara: person(people.mara),
  sean: person(people.sean),
  petra: person(people.petra),
  viktor: person(people.viktor),
  jonas: person(people.jonas),
  suki: person(people.suki),
  bea: person(people.bea),
} as const;
