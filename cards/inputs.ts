/**
 * The ids of the inputs of our cards. Teams merges what was typed into the data of the button that was pressed, under
 * these names; none of them is a name of `ActionData`.
 */
export const INPUT = {
  /** Name, mail address or object id of the person a request is for. */
  person: 'person',
  /** A `Flow`, chosen in a form for somebody else. */
  what: 'what',
  reason: 'reason',
  /** Entra's ids of passkeys, several with commas between them, or {@link allOf} somebody. */
  passkeys: 'passkeys',
  /** Object id of who hands over the pass, or {@link NONE}. */
  hander: 'hander',
  /** Id of a desk workstation, or {@link NONE}. */
  desk: 'desk',
  /** A `Recognition`. */
  how: 'how',
  denial: 'denial',
  code: 'code',
  comment: 'comment',
  /** Object id of a colleague of the helpdesk. */
  colleague: 'colleague',
  /** Object id of whose card it is, or {@link ALL}. */
  whose: 'whose',
  /** A part of the queue. */
  list: 'list',
  /** What a ticket is called in another system, and the way there. */
  outerNumber: 'outerNumber',
  outerLink: 'outerLink',
  /** Days, as `2026-03-02`: the first and the last of an absence. */
  awayFrom: 'awayFrom',
  awayUntil: 'awayUntil',
  /** Id of a workstation. */
  workstation: 'workstation',
} as const;

/** The value of a choice that chooses nothing: Teams takes no empty one. */
export const NONE = 'none';

/** The choice of all that there are. */
export const ALL = 'all';

/** The choice of all that somebody has: never of all that somebody else has, whose name was typed over theirs. */
export const allOf = (person: string): string => `${ALL}~${person}`;

export type InputId = (typeof INPUT)[keyof typeof INPUT];

/** Something wrong with what was typed: a code of `words.refusals`, shown at the field. */
export interface FieldProblem {
  field: InputId;
  code: string;
  facts?: Readonly<Record<string, string | number>>;
}
