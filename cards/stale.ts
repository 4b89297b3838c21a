import { type Contact, approvalCard } from './approval';
import { type AdaptiveCard } from './card';
import { box, text } from './elements';
import { type Facts } from './fill';
import { progressCard } from './progress';
import { saidOf } from './said';
import { type ProgressModel } from './stages/stage';
import { type Words } from './words/en';

export interface StaleModel extends ProgressModel {
  /** For an approver's card. */
  contact?: Contact;
  /** Why the click did nothing, where the words can say more than that it came late: a refusal's code. */
  refusal?: { code: string; facts?: Facts };
}

/** The answer to a click that came too late: it did nothing, and this is how the ticket stands now. */
export function staleCard(model: StaleModel, words: Words): AdaptiveCard {
  const { view, contact, refusal } = model;
  const said = refusal && saidOf(refusal.code, refusal.facts, words);
  const decides = view.roles.includes('approver') && !view.roles.includes('recipient');
  const truth = decides
    ? approvalCard({ ...model, view, ...(contact && { contact }) }, words)
    : progressCard(model, words);
  const note = box('warning', [
    text(`! ${said?.say ?? words.stale.title}`, { weight: 'bolder' }),
    text(words.stale.text, { spacing: 'small' }),
  ]);
  return { ...truth, speak: words.stale.title, body: [note, ...truth.body] };
}
