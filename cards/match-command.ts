import { type Words } from './words/en';

export type CommandName = keyof Words['commands'];

export interface Matched {
  command: CommandName;
  /** What stands behind the command's words, as it was typed: a name, a ticket's number, a comment. */
  rest: string;
}

/** Commands that take something behind their words; of the others, only their words alone are one. */
const WITH_REST: readonly CommandName[] = [
  'ask-other',
  'ticket',
  'share',
  'comment',
  'queue',
  'pair',
  'who',
  'assign',
  'nudge',
  'resend',
  'export',
];
const LONGEST = 2000;

/**
 * What a message asks for, in any of the languages given: the languages are tried in order, and the longest words win.
 * Undefined: nothing that Keyvouch knows. A ticket's number alone is not seen to here; see `parseShortId`.
 */
export function matchCommand(message: string, languages: readonly Words[]): Matched | undefined {
  const typed = message.slice(0, LONGEST).normalize('NFC').replace(/\s+/gu, ' ').trim();
  const bare = typed.replace(/[\s.!?…,:;]+$/u, '');
  const found = languages.flatMap((words) => candidates(words, typed, bare));
  return found.reduce<Candidate | undefined>((best, one) => (best && best.length >= one.length ? best : one), undefined)
    ?.matched;
}

/** What single words in a longer line may ask for. */
export type Hinted = keyof Words['hints'];
const HINTED: readonly Hinted[] = ['lost-key', 'locked-pin', 'pass'];

/** What a line that is no command most likely asks for: by single words in it, where all of them mean the same. */
export function hintedCommand(message: string, languages: readonly Words[]): Hinted | undefined {
  const typed = new Set(fold(message.slice(0, LONGEST).normalize('NFC')).match(/\p{L}+/gu));
  const meant = HINTED.filter((one) => languages.some(({ hints }) => hints[one].some((word) => typed.has(word))));
  return meant.length === 1 ? meant[0] : undefined;
}

interface Candidate {
  matched: Matched;
  /** How many letters of the message its words cover. */
  length: number;
}

function candidates(words: Words, typed: string, bare: string): Candidate[] {
  const names = Object.keys(words.commands) as CommandName[];
  return names.flatMap((command) =>
    words.commands[command].flatMap((said) => {
      if (fold(bare) === said) return [{ matched: { command, rest: '' }, length: said.length }];
      const takesRest = WITH_REST.includes(command);
      const head = typed.slice(0, said.length);
      const next = typed.charAt(said.length);
      if (!takesRest || fold(head) !== said || !/[\s:]/.test(next)) return [];
      return [{ matched: { command, rest: typed.slice(said.length + 1).trim() }, length: said.length }];
    }),
  );
}

function fold(text: string): string {
  return text.toLowerCase();
}
