import { asking, button, ticketButton } from './actions';
import { deciderName } from './approver-name';
import { type AdaptiveCard, type CardElement, type Container, type TextBlock } from './card';
import { box, buttons, card, facts, heading, present, quiet, text } from './elements';
import { fill } from './fill';
import { header } from './header';
import { keyFound } from './key-found';
import { dayAndTime } from './moments';
import { outerNumber } from './outer';
import { nameOrYou, names } from './people';
import { plain } from './plain';
import { freezeKeepsKeys, removals, stayingKeys } from './removals';
import { problemLine, saidOf } from './said';
import { stageOf, stepNow } from './stages/stage-of';
import { type ProgressModel } from './stages/stage';
import { steps } from './steps';
import { type TicketView } from '../bot/tickets/view';
import { type Words } from './words/en';

/** A ticket as its requester, its subject or its hander sees it, in whatever state it is. Holds no secret. */
export function progressCard(model: ProgressModel, words: Words): AdaptiveCard {
  const { view } = model;
  const stage = stageOf(model, words);
  const ended = view.status !== 'waiting' && view.status !== 'approved';
  const next = present(stage.actions);
  return card(
    words,
    `${words.flows[view.flow]}: ${words.statuses[view.status]}`,
    [
      header(view, words),
      heading(stage.title),
      stage.tellsWhyStuck ? undefined : stuck(model, words),
      ...stage.body,
      stage.advice,
      ...problems(model, words),
      next.length > 0 ? buttons(next) : undefined,
      unreached(model, words),
      foundBelow(view, words),
      removals(view, words),
      steps(view, words),
      ...about(model, words),
    ],
    [
      ended ? button('home', words.buttons.home) : undefined,
      ended || next.length > 0 ? undefined : ticketButton(view, 'refresh', words.buttons.refresh),
      // The helpdesk has its own, with a choice of whom.
      view.roles.includes('helpdesk') ? undefined : ticketButton(view, 'nudge', words.buttons.nudge),
      cancelButton(model, words),
      notMeButton(model, words),
    ],
  );
}

/** The button of those who are told of a recovery, after one question. */
export function notMeButton({ view }: Pick<ProgressModel, 'view'>, words: Words) {
  const own = view.roles.includes('subject');
  const stops = text(words.notMe.card);
  const keeps = text(`! ${words.notMe.cardKeeps}`, { weight: 'bolder' });
  return asking(
    own ? words.buttons.not_me_ : words.buttons.not_right_,
    freezeKeepsKeys(view) ? [stops, keeps] : [stops],
    ticketButton(view, 'not-me', words.buttons['not-me'], { style: 'destructive' }),
  );
}

/** The button that ends a ticket, after one question. */
export function cancelButton({ view }: ProgressModel, words: Words) {
  const names = stayingKeys(view);
  const ends = text(view.roles.includes('requester') ? words.progress.cancelAsk : words.helpdesk.cancelAsk);
  const stays = text(`! ${fill(words.progress.cancelKeeps, { names })}`, { weight: 'bolder' });
  return asking(
    words.buttons.cancel_,
    names === '' ? [ends] : [ends, stays],
    ticketButton(view, 'cancel', words.buttons.cancel, { style: 'destructive' }),
  );
}

/**
 * Why a ticket does not go on by itself, and who looks after it. The helpdesk has its own advice (`canDo`), and knows
 * that it was told.
 */
export function stuck({ view }: ProgressModel, words: Words, reader?: 'helpdesk'): Container | undefined {
  const { parked } = view;
  if (!parked) return undefined;
  const said = saidOf(parked.code, { name: view.subject.name }, words);
  const { generic, taken, told } = words.parked;
  const forPeople = reader !== 'helpdesk';
  // That nobody may approve is a sentence that says itself whom it has reached.
  const heard = forPeople && !(said && parked.step === 'approve') ? told : undefined;
  const whose = parked.takenBy ? fill(taken, { name: plain(parked.takenBy.name, 60) }) : heard;
  return box('attention', [
    text(`! ${words.progress.parked.title}`, { weight: 'bolder' }),
    text(said?.say ?? fill(generic, { code: plain(parked.code) }), { spacing: 'small' }),
    // Later steps are mended by the helpdesk; that nobody can approve, only by those who read this.
    forPeople && said && parked.step === 'approve' ? text(said.todo, { spacing: 'small' }) : undefined,
    whose === undefined ? undefined : text(whose, { spacing: 'small' }),
  ]);
}

/** How the key was found, below what is now; where that says it itself it is not said twice. */
function foundBelow(view: TicketView, words: Words): Container | undefined {
  const step = stepNow(view);
  return step === 'diagnose' || step === 'reset' ? undefined : keyFound(view, words);
}

/** A wrong code is said by the step itself, with the tries that are left. */
function problems({ problems: list = [] }: ProgressModel, words: Words): TextBlock[] {
  return list.filter(({ code }) => code !== 'code-wrong').map((one) => problemLine(one, words));
}

function unreached({ view }: ProgressModel, words: Words): CardElement | undefined {
  if (view.unreached.length === 0 || view.status !== 'waiting') return undefined;
  const people = names(view.unreached.map(({ person }) => person));
  return box('warning', [text(`! ${fill(words.unreached, { names: people })}`)]);
}

/** What the ticket is about, for those who look twice: quietly, at the end. */
function about({ view }: ProgressModel, words: Words): CardElement[] {
  const say = words.progress;
  const { subject, requester, hander, approvals, reason, openedAt } = view;
  const people = facts([
    [say.subject, nameOrYou(view, subject, words)],
    [say.requester, nameOrYou(view, requester, words)],
    hander ? [say.hander, nameOrYou(view, hander, words)] : undefined,
  ]);
  const approved =
    approvals.length > 0 ? ` · ${say.approvedBy} ${approvals.map((one) => deciderName(one, words)).join(', ')}` : '';
  return [
    ...(view.onBehalf ? [{ ...people, separator: true }] : []),
    quiet(fill(words.quote, { text: plain(reason, 200) }), { spacing: 'medium', separator: !view.onBehalf }),
    quiet(`${say.opened} ${dayAndTime(openedAt)}${approved}`, { spacing: 'none' }),
    ...outerNumber(view, words),
  ];
}
