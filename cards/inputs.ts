/**
 * The ids of the inputs of our cards. Teams merges what was typed into the data of the button that was pressed, under
 * these names; none of them is a name of `ActionData`.
 */
export const INPUT = {
  /** Name, mail address or object id of the person a request is for. */
  person: 'person',
  reason: 'reason',
  /** Object id of who hands over the pass, or {@link NONE}. */
  hander: 'hander',
  /** Id of a desk workstation, or {@link NONE}. */
  desk: 'desk',
  /** A `Recognition`. */
  how: 'how',
  denial: 'denial',
  code: 'code',
  comment: 'comment',
  /** Id of a workstation. */
  workstation: 'workstation',
} as const;

/** The value of a choice that chooses nothing: Teams takes no empty one. */
export const NONE = 'none';

export type InputId = (typeof INPUT)[keyof typeof INPUT];

/** Something wrong with what was typed: a code of `words.refusals`, shown at the field. */
export interface FieldProblem {
  field: InputId;
  code: string;
  facts?: Readonly<Record<string, string | number>>;
}
