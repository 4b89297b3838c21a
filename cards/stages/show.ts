import { link, ticketButton } from '../actions';
import { quiet, text } from '../elements';
import { fill } from '../fill';
import { time } from '../moments';
import { plain } from '../plain';
import { type Words } from '../words/en';
import { otherWay } from './choose';
import { type ProgressModel, type Stage } from './stage';

/** Where people add a key to their account with a pass. */
export const SECURITY_INFO = 'https://mysignins.microsoft.com/security-info';

/** A pass can be seen: first prepare it, then show it within a minute. */
export function show(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.show;
  return {
    title: say.title,
    body: [text(forReader(model, view.flow === 'pass' ? say.alone : say)), prepared(model, words)],
    actions: [
      ticketButton(view, 'show', words.buttons.show, { style: 'positive' }),
      ticketButton(view, 'prepare-show', words.buttons['prepare-show'], { style: 'positive' }),
      otherWay(model, words),
    ],
  };
}

/** The pass was shown: the key is to be added with it. */
export function appear(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.appear;
  const { liveUntil, showsLeft: left } = view.pass;
  const standing = liveUntil ? fill(say.until, { when: time(liveUntil) }) : left > 0 ? say.ended : say.used;
  return {
    title: say.title,
    body: [text(forReader(model, say)), text(standing, { spacing: 'small' }), prepared(model, words)],
    actions: [
      liveUntil ? link(words.buttons.security_info, SECURITY_INFO, 'positive') : undefined,
      liveUntil
        ? ticketButton(view, 'show', words.buttons.show_new)
        : ticketButton(view, 'show', words.buttons.show, { style: 'positive' }),
      ticketButton(view, 'prepare-show', words.buttons.show_again),
    ],
  };
}

/** The pass is all that was asked for: it is used, and ends. */
export function using(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.using;
  const { liveUntil } = view.pass;
  const subject = plain(view.subject.name, 60);
  return {
    title: view.hander ? fill(say.titleOther, { subject }) : say.title,
    body: [
      text(say.text),
      liveUntil ? text(fill(words.progress.appear.until, { when: time(liveUntil) }), { spacing: 'small' }) : undefined,
      prepared(model, words),
    ],
    actions: [
      ticketButton(view, 'finish', words.buttons.finish, { style: 'positive' }),
      ticketButton(view, 'show', words.buttons.show_new),
      ticketButton(view, 'prepare-show', words.buttons.show_again),
    ],
  };
}

/** Whether one can be shown within the minute; the minute outlives the pass that was shown in it. */
function prepared(model: ProgressModel, words: Words) {
  const { can, pass } = model.view;
  const { liveUntil, preparedUntil } = pass;
  const say = words.progress.show;
  if (!preparedUntil || !can.includes('show')) return showsLeft(model, words);
  const when = time(preparedUntil);
  return liveUntil
    ? text(fill(say.again, { when }), { spacing: 'small' })
    : text(fill(say.prepared, { when }), { weight: 'bolder' });
}

function showsLeft({ view }: ProgressModel, words: Words) {
  const { showsLeft: count } = view.pass;
  if (!view.can.includes('prepare-show')) return undefined;
  return quiet(count === 1 ? words.progress.show.leftOne : fill(words.progress.show.left, { count }));
}

/** The sentence for the subject, or for the one who hands over. */
function forReader({ view }: ProgressModel, say: { text: string; textOther: string }): string {
  return view.hander ? fill(say.textOther, { subject: plain(view.subject.name, 60) }) : say.text;
}
