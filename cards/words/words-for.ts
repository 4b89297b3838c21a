import { de } from './de';
import { en, type Words } from './en';

/** Every language that Keyvouch speaks. */
export const ALL_WORDS: readonly Words[] = [en, de];

/** The words for a locale such as `de-AT`; English where it is missing or of a language that Keyvouch does not speak. */
export function wordsFor(locale: string | undefined): Words {
  const language = locale?.toLowerCase().split(/[-_]/)[0];
  return ALL_WORDS.find(({ lang }) => lang === language) ?? en;
}
