import { type TicketEvent } from '../../../bot/tickets/events';

/**
 * What a history may be: written down by itself, not taken from the product. A ticket waits, is decided, comes to one
 * end; a freeze may come upon all of it, and leads to one more end.
 */
type Phase = 'new' | 'waiting' | 'approved' | 'ended' | 'frozen' | 'thawed';

const RUNNING: readonly Phase[] = ['waiting', 'approved'];
const ONLY_APPROVED: readonly Phase[] = ['approved'];

/** In which phases a thing may happen; what is not named here may at any time. */
const WHEN: Readonly<Record<string, readonly Phase[]>> = {
  opened: ['new'],
  approved: ['waiting'],
  decided: ['waiting'],
  denied: ['waiting'],
  widened: ['waiting'],
  reminded: ['waiting'],
  expired: RUNNING,
  cancelled: [...RUNNING, 'frozen'],
  completed: ONLY_APPROVED,
  'way-chosen': ONLY_APPROVED,
  vouched: ONLY_APPROVED,
  'vouch-refused': ONLY_APPROVED,
  'show-prepared': ONLY_APPROVED,
  'pass-started': ONLY_APPROVED,
  'pass-issued': ONLY_APPROVED,
  'job-offered': ONLY_APPROVED,
  'job-started': ONLY_APPROVED,
  'key-made': ONLY_APPROVED,
  'removal-due': ONLY_APPROVED,
  frozen: ['waiting', 'approved', 'ended'],
  'thaw-said': ['frozen'],
  thawed: ['frozen'],
};
const ENDS = ['denied', 'cancelled', 'expired', 'completed'];

function after(phase: Phase, kind: string): Phase {
  if (kind === 'opened') return 'waiting';
  if (kind === 'decided') return 'approved';
  if (kind === 'frozen') return 'frozen';
  if (ENDS.includes(kind)) return phase === 'frozen' ? 'thawed' : 'ended';
  return phase;
}

export interface Rule {
  needed: number;
  vouch: boolean;
}

/** What is wrong with a history, a line each. */
export function historyWrongs(events: readonly TicketEvent[], { needed, vouch }: Rule): string[] {
  const wrong: string[] = [];
  let phase: Phase = 'new';
  const approvers: string[] = [];
  const seen = new Map<string, number>();
  for (const event of events) {
    const { kind } = event;
    // A look at the key writes nothing, and nobody need have agreed to it.
    const isLook = kind === 'job-offered' && 'act' in event && event.act === 'inspect';
    const may = isLook ? RUNNING : WHEN[kind];
    if (may && !may.includes(phase)) wrong.push(`"${kind}" while ${phase}`);
    if (kind === 'approved') approvers.push(event.approval.by.id);
    if (kind === 'decided' && approvers.length !== needed) wrong.push(`decided by ${approvers.length} of ${needed}`);
    const given = kind === 'pass-started' || (kind === 'job-offered' && !isLook);
    if (given && vouch && !seen.has('vouched')) wrong.push(`"${kind}" before the code`);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    phase = after(phase, kind);
  }
  const once = ['decided', 'vouched', 'denied', 'completed', 'frozen', 'thawed', 'signed-in'];
  for (const kind of once) if ((seen.get(kind) ?? 0) > 1) wrong.push(`"${kind}" ${seen.get(kind) ?? 0} times`);
  if ((seen.get('vouch-refused') ?? 0) > 3) wrong.push('more than three tries');
  if (new Set(approvers).size < approvers.length) wrong.push('one person approved twice');
  return wrong;
}

/** Which events show that an answer of this code is true; undefined: it tells of nothing that lasts. */
const SAID_BY: Readonly<Record<string, readonly string[]>> = {
  denied: ['denied'],
  cancelled: ['cancelled'],
  expired: ['expired'],
  frozen: ['frozen'],
  done: ['completed'],
  'already-decided': ['decided'],
  'already-approved': ['approved'],
  'code-dead': ['vouch-refused'],
  'code-wrong': ['vouch-refused'],
};
/** What somebody who was told nothing against it may rely on. */
const DONE_BY: Readonly<Record<string, readonly string[]>> = {
  approve: ['approved'],
  deny: ['denied'],
  cancel: ['cancelled'],
  'not-me': ['frozen'],
  vouch: ['vouched'],
};

/** Whether what one was told is borne out by the history. `late`: time was over, and nothing had recorded it yet. */
export function answerWrong(
  verb: string,
  refusal: string | undefined,
  kinds: readonly string[],
  late: boolean,
): string | undefined {
  const shown = refusal === undefined ? DONE_BY[verb] : SAID_BY[refusal];
  if (!shown || shown.some((kind) => kinds.includes(kind))) return undefined;
  if (refusal === 'expired' && late) return undefined;
  return refusal === undefined
    ? `${verb} was said to be done, and was not`
    : `${verb} was refused with "${refusal}", and it was not so`;
}
