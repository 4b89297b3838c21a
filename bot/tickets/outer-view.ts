import { type NumberGiver, type OuterChannel, type OuterLink, type OuterNumber } from './outer';
import { type Moment, type Ticket } from './ticket';
import { type TicketVerb } from './verbs';

/** The link to the outer ticket system, as a person may see it. */
export interface OuterView {
  number?: OuterNumber & { by: NumberGiver };
  /** For the helpdesk only; empty for others. */
  failed: readonly { to: OuterChannel; code: string; at: Moment }[];
}

export function outerView({ number, failed }: OuterLink, helpdesk: boolean): OuterView {
  const shown = number && {
    number: number.number,
    by: number.by,
    ...(number.url !== undefined && { url: number.url }),
  };
  return { ...(shown && { number: shown }), failed: helpdesk ? failed : [] };
}

/** A number is typed where none came by itself, or where a person gave the one there is. */
export function outerVerbs({ outer }: Ticket): TicketVerb[] {
  return outer && (outer.number === undefined || outer.number.by === 'hand') ? ['outer-number'] : [];
}
