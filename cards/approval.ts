import { type Recognition, type WorkstationRef } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { asking, ticketButton } from './actions';
import { type AdaptiveCard, type CardElement, type ChoiceSetInput } from './card';
import { box, card, facts, heading, quiet, subheading, text } from './elements';
import { type Facts, fill, fillPlain } from './fill';
import { header } from './header';
import { type FieldProblem, INPUT } from './inputs';
import { keyFound } from './key-found';
import { dayAndTime } from './moments';
import { plain } from './plain';
import { notMeButton, stuck } from './progress';
import { removalsAsked, removals } from './removals';
import { entry, problemLine } from './said';
import { settled } from './settled';
import { signingAsked, signingNow } from './sign-approval';
import { steps } from './steps';
import { type Words } from './words/en';

/** What the directory says, so that the approver can call back and tell two people of one name apart. */
export interface Contact {
  phones: readonly string[];
  jobTitle?: string;
  department?: string;
  manager?: string;
  /** Names of the workstations at which the approval may be used. Undefined: not looked up. */
  workstations?: readonly string[];
}

export interface ApprovalModel {
  view: TicketView;
  /** Shown to those who decide or pass on a code, and to no others. */
  contact?: Contact;
  problems?: readonly FieldProblem[];
  /** Under step-up: what the approver types at their workstation, and the workstations there are to choose from. */
  jobNumber?: string;
  workstations?: readonly WorkstationRef[];
}

/** Most that a denial's reason may have: the same as in the rules of tickets. */
const DENIAL_AT_MOST = 500;
const WAYS: readonly Recognition[] = ['in-person', 'video', 'called-back'];

/** A ticket as an approver sees it: the question while it waits for them, the truth ever after. Holds no secret. */
export function approvalCard(model: ApprovalModel, words: Words): AdaptiveCard {
  const { view, problems = [] } = model;
  const approve = ticketButton(view, 'approve', words.buttons.approve, { style: 'positive', inputs: true });
  const asked = [
    header(view, words),
    heading(headline(view, words)),
    reason(view, words),
    who(model, words),
    inPlaceOf(view, words),
  ];
  const summary = words.approval.summary;
  const signing = approve && signingNow(model, words);
  if (signing) {
    const said = problems.map((one) => problemLine(one, words));
    const body = [...asked, risks(view, words), removalsAsked(view, words), ...signing.body, ...said];
    return card(words, summary, body, [...signing.actions, deny(view, words), notMeButton(model, words)]);
  }
  if (approve) {
    return card(
      words,
      summary,
      [...asked, ...question(model, words)],
      [approve, deny(view, words), notMeButton(model, words)],
    );
  }
  const { body, actions, tellsWhyStuck } = settled(view, words);
  const refresh = actions.length > 0 ? undefined : ticketButton(view, 'refresh', words.buttons.refresh);
  return card(
    words,
    `${words.flows[view.flow]}: ${words.statuses[view.status]}`,
    [
      ...asked,
      ...problems.map((one) => problemLine(one, words)),
      ...body,
      tellsWhyStuck ? undefined : stuck(model, words),
      removals(view, words),
      steps(view, words),
    ],
    [...actions, refresh, notMeButton(model, words)],
  );
}

function headline(view: TicketView, words: Words): string {
  const { self, behalf } = words.approval;
  return fill(view.onBehalf ? behalf : self, { ...people(view), what: words.wants[view.flow] });
}

function people(view: TicketView): Facts {
  return { subject: plain(view.subject.name, 60), requester: plain(view.requester.name, 60) };
}

function reason(view: TicketView, words: Words): CardElement {
  return box('emphasis', [
    quiet(words.progress.reason, { spacing: 'none' }),
    text(fill(words.quote, { text: plain(view.reason, 500) }), { spacing: 'none' }),
  ]);
}

function who({ view, contact }: ApprovalModel, words: Words): CardElement | undefined {
  const needsContact = view.can.includes('approve') || view.can.includes('show-vouch-code');
  if (!needsContact && !view.hander) return undefined;
  const say = words.approval;
  const { jobTitle, department, manager, phones }: Partial<Contact> = needsContact && contact ? contact : {};
  // A number is not broken across lines.
  const numbers = phones?.map((phone) => plain(phone, 40).replace(/ /g, '\u00A0')).join(', ');
  return facts([
    [words.progress.subject, plain(view.subject.name, 60)],
    jobTitle ? [say.title, plain(jobTitle)] : undefined,
    department ? [say.department, plain(department)] : undefined,
    manager ? [say.manager, plain(manager)] : undefined,
    numbers === undefined ? undefined : [say.phone, numbers || say.noPhone],
    view.hander ? [words.progress.hander, plain(view.hander.name, 60)] : undefined,
  ]);
}

function question(model: ApprovalModel, words: Words): (CardElement | undefined)[] {
  const { view, contact, problems = [] } = model;
  const say = words.approval;
  const counts = { needed: view.needed, count: view.approvals.length };
  const numbered = (contact?.phones.length ?? 0) > 0;
  // The risks say it where the ticket knows.
  const said = view.risks.some(({ code }) => code === 'no-phone');
  const ways = WAYS.filter((way) => way !== 'called-back' || numbered);
  const how: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: INPUT.how,
    label: say.how,
    style: 'expanded',
    wrap: true,
    choices: ways.map((way) => ({ title: words.recognitions[way], value: way })),
  };
  return [
    risks(view, words),
    keyFound(view, words),
    subheading(say.happens),
    removalsAsked(view, words),
    text(fill(sentenceOf(view, words), people(view)), { spacing: 'small' }),
    text(say.valid, { spacing: 'small' }),
    usedAt(model, words),
    view.needed > 1 ? text(fill(say.needed, counts), { spacing: 'small', weight: 'bolder' }) : undefined,
    ...signingAsked(model, words),
    { ...how, spacing: 'medium' },
    ...problems.map((one) => problemLine(one, words)),
    numbered || said ? undefined : quiet(say.noCallBack),
    quiet(say.howHint),
    quiet(fill(say.until, { when: dayAndTime(view.expiresAt) })),
  ];
}

function sentenceOf(view: TicketView, words: Words): string {
  if (view.flow === 'locked-pin' && view.vouch.on) return words.locked.approve.happens;
  return words.approval[happens(view)];
}

function happens({ flow, vouch }: TicketView): 'happensReturn' | 'happensPass' | 'happensVouch' | 'happensOpen' {
  if (flow === 'return-key') return 'happensReturn';
  if (!vouch.on) return 'happensOpen';
  return flow === 'pass' ? 'happensPass' : 'happensVouch';
}

/** A hander needs no workstation: without one there is nothing to say. */
function usedAt({ view, contact }: ApprovalModel, words: Words): CardElement | undefined {
  const list = contact?.workstations;
  const none = view.flow === 'pass' || view.flow === 'return-key';
  if (!list || none || (view.hander && list.length === 0)) return undefined;
  const { usedAt: named, usedNowhere } = words.approval;
  const names = list.map((name) => plain(name, 60)).join(', ');
  return text(names ? fill(named, { names }) : fill(usedNowhere, people(view)), { spacing: 'small' });
}

/** What somebody should know before deciding. */
export function risks(view: TicketView, words: Words): CardElement | undefined {
  if (view.risks.length === 0) return undefined;
  const notes = view.risks.map(({ code, facts: values }) =>
    text(`! ${fillPlain(entry<string>(words.risks, code) ?? words.risks.generic, { code, ...values })}`, {
      spacing: 'small',
    }),
  );
  return box('warning', [text(words.approval.risks, { weight: 'bolder' }), ...notes]);
}

/** A delegate reads in whose place they decide. */
function inPlaceOf({ insteadOf, status }: TicketView, words: Words): CardElement | undefined {
  if (!insteadOf || status !== 'waiting') return undefined;
  const { name: other, until } = insteadOf;
  const said = fill(words.delegate.place, { other: plain(other, 60), when: dayAndTime(until) });
  return text(said, { spacing: 'small', weight: 'bolder' });
}

/** The denial, and the one that also bars repeats, where the rule has that. */
function deny(view: TicketView, words: Words) {
  const only = denyOnly(view, words);
  const block = ticketButton(view, 'deny-block', words.buttons['deny-block'], { style: 'destructive', inputs: true });
  if (!only || !block) return only;
  const explained = fill(words.block.explain, { button: words.buttons['deny-block'], days: view.barsForDays ?? 0 });
  const { body, actions } = only.card;
  return { ...only, card: { ...only.card, body: [...body, quiet(explained)], actions: [...actions, block] } };
}

function denyOnly(view: TicketView, words: Words) {
  const say = words.approval;
  return asking(
    words.buttons.deny_,
    [
      {
        type: 'Input.Text',
        id: INPUT.denial,
        label: say.why,
        isMultiline: true,
        isRequired: true,
        errorMessage: say.whyMissing,
        maxLength: DENIAL_AT_MOST,
      },
    ],
    ticketButton(view, 'deny', words.buttons.deny, { style: 'destructive', inputs: true }),
  );
}
