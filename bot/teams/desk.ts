import { ulid } from 'ulid';
import { fingerprintWords } from '../../agent/protocol/fingerprint';
import {
  type AdaptiveCard,
  allOf,
  type FieldProblem,
  homeCard,
  type HomeModel,
  INPUT,
  type InputId,
  NONE,
  pairCard,
  readinessCard,
  refusalCard,
  requestForm,
  sentCard,
  ticketListCard,
  type Words,
  workstationsCard,
} from '../../cards';
import {
  ask,
  confirmWorkstation,
  type Deps,
  desksInUse,
  findPerson,
  helpdeskMembers,
  mayAskFor,
  type Member,
  mine,
  pairingCode,
  passkeyOf,
  readSubject,
  refuseWorkstation,
  removeWorkstation,
  waiting,
  workstationsOf,
} from '../service';
import { type Refusal } from '../tickets/commands';
import { type PersonRef } from '../tickets/people';
import { hasStep } from '../tickets/plan';
import { type Flow } from '../tickets/ticket';
import { outcomeCard } from './render';
import { type Click } from './said-and-clicked';
import { textFacts } from './text-facts';

/** Who asks, in whose language: what every answer needs. */
export interface Asker {
  deps: Deps;
  member: Member;
  words: Words;
  /** When what they said or pressed came in. */
  at: string;
  /** Of the person's client, as Teams tells it: `Europe/Berlin`. */
  timeZone?: string;
  /** Whose client may ask for a card anew. */
  teamsUserId?: string;
}

export async function home(
  { deps, member, words }: Asker,
  how: Pick<HomeModel, 'unclear'> = {},
): Promise<AdaptiveCard> {
  const [own, decide, workstations] = await Promise.all([
    mine(deps, member),
    waiting(deps, member),
    workstationsOf(deps, member),
  ]);
  return homeCard(
    {
      person: member,
      open: own.items.filter(({ closedAt }) => closedAt === undefined),
      waiting: decide.items.length,
      helpdesk: member.helpdesk,
      workstations: workstations.filter(({ state }) => state === 'active').length,
      ...(deps.settings.sandbox && { sandbox: true }),
      ...how,
    },
    words,
  );
}

/** So many are offered in one list: a message of Teams holds no hundreds. */
const CHOICES_AT_MOST = 20;

/** Who could hand over: the helpdesk, without the one who asks; and where: one's own desks first, then those in use. */
async function choicesFor({ deps, member }: Asker) {
  const [helpdesk, desks] = await Promise.all([helpdeskMembers(deps), desksInUse(deps)]);
  const own = ({ person }: { person: string }) => Number(person === member.id);
  const sorted = [...desks].sort((a, b) => own(b) - own(a) || (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''));
  return {
    handers: helpdesk
      .filter(({ id }) => id !== member.id)
      .slice(0, CHOICES_AT_MOST)
      .map(({ id, displayName }) => ({ id, name: displayName })),
    desks: sorted.slice(0, CHOICES_AT_MOST).map(({ id, name, kind }) => ({ id, name, kind })),
  };
}

interface FormState {
  for: 'me' | 'other';
  flow: Flow;
  /** Whom it is for, where that is known. */
  subject?: PersonRef;
  id?: string;
  values?: Partial<Record<InputId, string>>;
  problems?: readonly FieldProblem[];
  candidates?: readonly PersonRef[];
  /** Whether what could stop the flow is to be said. */
  withReadiness?: true;
}

export async function form(asker: Asker, state: FormState): Promise<AdaptiveCard> {
  const { deps, words } = asker;
  const { for: whom, flow, id, values, problems, candidates } = state;
  const removing = hasStep({ flow }, 'remove');
  const handing = whom === 'other' && hasStep({ flow }, 'vouch');
  const other = handing ? await choicesFor(asker) : {};
  const subject = whom === 'me' ? asker.member : state.subject;
  const now = subject && (removing || state.withReadiness) ? await readSubject(deps, subject.id, { flow }) : undefined;
  const ready = state.withReadiness && now?.readiness;
  return requestForm(
    {
      for: whom,
      flow,
      ...(removing && subject && now && { passkeys: { of: subject.id, list: now.passkeys.map(passkeyOf) } }),
      nonce: id ?? ulid(),
      ...other,
      ...(values && { values }),
      ...(problems && { problems }),
      ...(candidates && { candidates }),
      ...(ready && {
        readiness: ready.map(({ state: is, code, facts }) => ({ state: is, code, facts: textFacts(facts) })),
      }),
    },
    words,
  );
}

/** Refusals that a person mends in the form; all others are said by themselves. */
const FORM_FIELDS: Readonly<Record<string, InputId>> = {
  'reason-missing': INPUT.reason,
  'reason-too-long': INPUT.reason,
  'passkey-choice-missing': INPUT.passkeys,
  'passkey-not-there': INPUT.passkeys,
  'person-unknown': INPUT.person,
  'person-ambiguous': INPUT.person,
  'hander-missing': INPUT.hander,
  'hander-not-allowed': INPUT.hander,
  'workstation-not-active': INPUT.desk,
};

/** Refusals to those who have no key yet. */
const NEEDS_A_FIRST: readonly string[] = ['no-passkeys', 'spare-needs-first'];

function valuesOf(click: Click): Partial<Record<InputId, string>> {
  const keep = [INPUT.person, INPUT.reason, INPUT.passkeys, INPUT.hander, INPUT.desk] as const;
  return Object.fromEntries(keep.flatMap((field) => (click[field] === undefined ? [] : [[field, click[field]]])));
}

/** Which passkeys of this person were chosen; undefined: none. */
function chosenPasskeys(value: string | undefined, person: string): string[] | 'all' | undefined {
  const chosen = (value ?? '').split(',').filter((id) => id !== '');
  return chosen.includes(allOf(person)) ? 'all' : chosen.length > 0 ? chosen : undefined;
}

/** Sends the request, or only looks whether it could succeed (`check-ready`). What was typed is kept either way. */
export async function request(asker: Asker, click: Click): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const whom = click.subject === 'other' ? 'other' : 'me';
  const flow = click.what ?? click.flow ?? 'onboarding';
  const asked: FormState = { for: whom, flow, values: valuesOf(click), ...(click.nonce && { id: click.nonce }) };
  const subject = whom === 'me' ? { id: member.id, name: member.name } : await findPerson(deps, click.person ?? '');
  if ('refusal' in subject) {
    const problem = { field: INPUT.person, ...subject.refusal };
    return form(asker, {
      ...asked,
      problems: [problem],
      ...(subject.candidates.length > 0 && { candidates: subject.candidates }),
    });
  }
  // Whether somebody is ready tells of their roles and methods: that is for those who may ask for them.
  if (!(await mayAskFor(deps, member, subject.id)))
    return refusalCard({ code: 'may-not-open-for-others', facts: { name: subject.name } }, words);
  const kept = { ...asked, subject };
  const id = click.nonce;
  if (click.verb === 'check-ready' || !id || !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)) {
    return form(asker, { ...kept, withReadiness: true });
  }
  const passkeys = chosenPasskeys(click.passkeys, subject.id);
  const [hander, desk] = [click.hander, click.desk].map((choice) => (choice === NONE ? undefined : choice));
  const outcome = await ask(deps, member, {
    id,
    flow,
    subject: subject.id,
    ...(passkeys && { passkeys }),
    reason: click.reason ?? '',
    at: asker.at,
    ...(hander && { hander }),
    ...(desk && { desk }),
  });
  const field = outcome.refusal && FORM_FIELDS[outcome.refusal.code];
  if (outcome.refusal && field) return form(asker, { ...kept, problems: [{ field, ...outcome.refusal }] });
  const reasons = outcome.refusal?.code === 'flow-stopped' && (await readiness(asker, subject, flow, outcome.refusal));
  if (reasons) return reasons;
  if (whom === 'me' && outcome.refusal && NEEDS_A_FIRST.includes(outcome.refusal.code))
    return refusalCard({ ...outcome.refusal, firstKey: true }, words);
  if (outcome.details && !outcome.refusal) return sentCard(outcome.details, words);
  return outcomeCard(outcome, words);
}

/** One reason is often not the only one: all are said at once. Undefined where the one that stopped it is not among them. */
async function readiness(
  { deps, words }: Asker,
  subject: PersonRef,
  flow: Flow,
  { facts }: Refusal,
): Promise<AdaptiveCard | undefined> {
  const { readiness: lines } = await readSubject(deps, subject.id, { flow });
  if (!lines.some(({ state, code }) => state === 'stop' && code === facts?.['code'])) return undefined;
  return readinessCard(
    { subject, items: lines.map(({ state, code, facts }) => ({ state, code, facts: textFacts(facts) })) },
    words,
  );
}

export async function ownTickets({ deps, member, words }: Asker): Promise<AdaptiveCard> {
  return ticketListCard({ title: 'mine', views: (await mine(deps, member)).items }, words);
}

export async function toDecide({ deps, member, words }: Asker): Promise<AdaptiveCard> {
  return ticketListCard({ title: 'waiting', views: (await waiting(deps, member)).items }, words);
}

export async function pair({ deps, member, words }: Asker, kind: 'own' | 'desk'): Promise<AdaptiveCard> {
  const made = await pairingCode(deps, member, kind);
  return 'refusal' in made
    ? refusalCard(made.refusal, words)
    : pairCard({ ...made, kind, service: deps.settings.publicUrl }, words);
}

export async function workstations({ deps, member, words }: Asker): Promise<AdaptiveCard> {
  const [list, own] = await Promise.all([workstationsOf(deps, member), mine(deps, member)]);
  const usable = list.some(({ state, person }) => state === 'active' && person === member.id);
  const request = own.items.find(({ can }) => can.includes('choose-workstation') || can.includes('diagnose'));
  return workstationsCard(
    {
      list: list.map(({ id, name, kind, state, person, lastSeenAt, thumbprint }) => ({
        id,
        name,
        kind,
        state,
        ...(lastSeenAt && { lastSeenAt }),
        ...(state === 'pairing' && person === member.id && { words: fingerprintWords(thumbprint) }),
      })),
      helpdesk: member.helpdesk,
      ...(usable && request && { request }),
    },
    words,
  );
}

const CHANGES = { confirm: confirmWorkstation, refuse: refuseWorkstation, remove: removeWorkstation };

/** Confirms, refuses or removes a workstation, and shows what there is then. */
export async function changeWorkstation(asker: Asker, change: keyof typeof CHANGES, id: string): Promise<AdaptiveCard> {
  const { deps, member, words } = asker;
  const done = await CHANGES[change](deps, member, id);
  return done.refusal ? refusalCard(done.refusal, words) : workstations(asker);
}
