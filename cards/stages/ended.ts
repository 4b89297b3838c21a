import { type FreezeView } from '../../bot/tickets/freeze-view';
import { ticketButton } from '../actions';
import { deciderName } from '../approver-name';
import { type TextBlock } from '../card';
import { box, facts, quiet, text } from '../elements';
import { fill } from '../fill';
import { day, dayAndTime } from '../moments';
import { plain } from '../plain';
import { type Words } from '../words/en';
import { type ProgressModel, type Stage } from './stage';

/** The key is ready. */
export function done({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.done;
  const { passkey, firstSignInAt } = view;
  const mine = view.roles.includes('subject');
  const title = !passkey
    ? view.flow === 'return-key'
      ? fill(say.titleReturn, { subject: plain(view.subject.name, 60) })
      : say.titlePass
    : mine
      ? say.title
      : fill(say.titleOther, { subject: plain(view.subject.name, 60) });
  return {
    title,
    body: [
      passkey &&
        facts([
          passkey.model === undefined ? undefined : [say.model, plain(passkey.model)],
          [say.name, plain(passkey.name)],
          passkey.createdAt === undefined ? undefined : [say.added, day(passkey.createdAt)],
        ]),
      passkey && mine && !firstSignInAt ? box('emphasis', [text(say.how)]) : undefined,
      firstSignInAt ? text(`✓ ${fill(say.first, { when: dayAndTime(firstSignInAt) })}`) : undefined,
      passkey && mine && view.flow !== 'spare-key' ? quiet(say.spare) : undefined,
    ],
    actions: [
      ticketButton(view, 'signed-in', mine ? words.buttons['signed-in'] : words.buttons.signed_in_other, {
        style: 'positive',
      }),
    ],
  };
}

/** Somebody said no, and why. */
export function denied({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.denied;
  const { denial } = view;
  if (!denial) return { title: say.title, body: [], actions: [] };
  const name = plain(denial.by.name, 60);
  return {
    title: say.title,
    body: [
      text(fill(say.text, { name: deciderName(denial, words), when: dayAndTime(denial.at) })),
      box('emphasis', [text(fill(words.quote, { text: plain(denial.reason, 500) }))], 'small'),
      barred(view, words),
    ],
    advice: text(fill(say.todo, { name })),
    actions: [],
  };
}

/** Whether the same can be asked again, where the one who denied it said no to that too. */
function barred({ block }: ProgressModel['view'], words: Words): TextBlock | undefined {
  if (!block) return undefined;
  const { lifted, holds, until } = block;
  const say = words.block;
  if (lifted) return text(fill(say.lifted, { name: plain(lifted.by.name, 60) }), { spacing: 'small' });
  return text(fill(holds ? say.holds : say.over, { when: dayAndTime(until) }), { spacing: 'small' });
}

export function cancelled({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.cancelled;
  const thawed = view.freeze && text(say.thawed);
  if (view.notNeeded) return closedUnneeded(words);
  const by = view.cancelledBy && text(fill(say.text, { name: plain(view.cancelledBy.name, 60) }));
  return { title: say.title, body: [by, thawed], advice: text(say.todo, { spacing: 'small' }), actions: [] };
}

/** The key was looked at, and nothing had to be done. */
function closedUnneeded(words: Words): Stage {
  const { title, text: content } = words.locked.over;
  return {
    title,
    body: [text(content)],
    advice: text(words.progress.cancelled.todo, { spacing: 'small' }),
    actions: [],
  };
}

export function expired({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.expired;
  if (view.notNeeded) return closedUnneeded(words);
  const emptied =
    view.diagnosis?.reset === 'erased' ? box('attention', [text(`! ${words.locked.over.expired}`)]) : undefined;
  const approved = view.approvals.length >= view.needed;
  return {
    title: say.title,
    body: [text(approved ? say.approved : say.waiting), emptied],
    advice: text(say.todo, { spacing: 'small' }),
    actions: [],
  };
}

/** Somebody said that this was not them: who, what was taken back, and who comes next. */
export function frozen({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.frozen;
  const { freeze } = view;
  const advice = text(say.todo, { spacing: 'small' });
  if (!freeze) return { title: say.title, body: [text(say.text)], advice, actions: [] };
  const said = fill(say.by, { name: plain(freeze.by.name, 60), when: dayAndTime(freeze.at) });
  const thaw = freeze.thawSaidBy && fill(say.thawSaid, { name: plain(freeze.thawSaidBy.name, 60) });
  return {
    title: say.title,
    body: [
      text(said),
      box('emphasis', takenBack(freeze, words)),
      thaw === undefined ? undefined : text(thaw, { spacing: 'small' }),
    ],
    advice,
    actions: [],
  };
}

/** Each thing that is taken back, and whether it is: never said before it is so. */
function takenBack({ passGone, takenBack: keys, sessionsRevoked, blocked }: FreezeView, words: Words): TextBlock[] {
  const say = words.progress.frozen;
  const line = (is: boolean, done: string, now: string) => text(is ? `✓ ${done}` : `● ${now}`, { spacing: 'small' });
  return [
    line(passGone, say.passGone, say.passGoes),
    line(keys !== undefined, keys ? fill(say.keysGone, { count: keys }) : say.keysNone, say.keysGo),
    line(sessionsRevoked, say.sessionsGone, say.sessionsGo),
    ...(blocked === undefined ? [] : [line(blocked, say.blocked, say.blocking)]),
  ];
}
