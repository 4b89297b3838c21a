import { hasStep } from './plan';
import { type Moment, type Passkey, type Ticket } from './ticket';

/** How the PIN of a key stands, as a workstation reads it without spending a try (agent/protocol/result.ts). */
export interface PinFound {
  set: boolean;
  /** Wrong tries left before the key locks for ever; undefined where there is no PIN, or the key does not tell. */
  retriesLeft?: number;
  blocked: 'no' | 'until-replug' | 'for-ever';
  changeForced: boolean;
}

/** What is wrong with a key, the worst first. `tries-left`: nothing but, perhaps, its person's memory. */
export const VERDICTS = ['blocked-for-ever', 'blocked-until-replug', 'change-forced', 'no-pin', 'tries-left'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How a workstation found the key, and what its person has said about it since. */
export interface Diagnosis {
  at: Moment;
  aaguid: string;
  model?: string;
  verdict: Verdict;
  pin: PinFound;
  /** Whether a key of this model may be registered again once it is erased. */
  modelAllowed: boolean;
  /** Whether the key answers silently at all which passkeys it holds; one with credProtect 3 stays hidden even so. */
  answers: boolean;
  /** The passkeys that the account had then, of which a person picks where none has answered. */
  passkeys: readonly Passkey[];
  /** How it is known which of them are on the key: they answered, or its person says so. Undefined: not known yet. */
  matchedBy?: 'silent' | 'person';
  /** Since when its person says that the PIN is forgotten. */
  forgottenAt?: Moment;
}

/** An erasing of the key, as far as is known. `unknown`: its workstation fell silent in the middle. */
export interface Reset {
  job: string;
  workstation: string;
  state: 'started' | 'erased' | 'unknown';
  at: Moment;
  /** It was another key than was decided on: what was named stays until people have looked into it. */
  another?: true;
}

export function verdictOf({ set, blocked, changeForced }: PinFound): Verdict {
  if (blocked === 'for-ever') return 'blocked-for-ever';
  if (!set) return 'no-pin';
  if (blocked === 'until-replug') return 'blocked-until-replug';
  return changeForced ? 'change-forced' : 'tries-left';
}

/** Whether nothing but erasing helps: the key is locked for ever, or nobody knows its PIN. */
export function wantsReset({ diagnosis }: Pick<Ticket, 'diagnosis'>): boolean {
  return diagnosis !== undefined && (diagnosis.verdict === 'blocked-for-ever' || diagnosis.forgottenAt !== undefined);
}

/** Whether the approvers may be asked by now: in a flow that begins with a look at the key, only after that. */
export function isAsked(ticket: Pick<Ticket, 'flow' | 'done'>): boolean {
  return !hasStep(ticket, 'diagnose') || ticket.done.diagnose !== undefined;
}

/** Since when somebody is asked to decide. */
export function askedAt({ done, openedAt }: Pick<Ticket, 'done' | 'openedAt'>): Moment {
  return done.diagnose ?? openedAt;
}

/** Whether people still have to look into it that another key was erased than was decided on. */
export function isOtherKeyOpen({ reset, removals }: Pick<Ticket, 'reset' | 'removals'>): boolean {
  return reset?.another === true && removals.some(({ state }) => state === 'named');
}

/** Whether a key that was erased is the one that was decided on. */
export function isSameKey(
  { removals, diagnosis }: Pick<Ticket, 'removals' | 'diagnosis'>,
  { aaguid, matched, how }: { aaguid: string; matched: readonly string[]; how: 'told' | 'seen' },
): boolean {
  if (aaguid !== diagnosis?.aaguid) return false;
  const decided = removals.map(({ passkey }) => passkey.methodId);
  if (matched.length > 0) return matched.length === decided.length && matched.every((id) => decided.includes(id));
  // Nothing answered: as it was when the key was looked at, or because it is empty by now.
  return how === 'seen' || diagnosis.matchedBy === 'person';
}
