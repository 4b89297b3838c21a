import { approverName } from '../approver-name';
import { quiet, text } from '../elements';
import { fill } from '../fill';
import { dayAndTime } from '../moments';
import { type Words } from '../words/en';
import { type ProgressModel, type Stage } from './stage';

/** Somebody must decide. */
export function waiting({ view }: ProgressModel, words: Words): Stage {
  const say = words.progress.waiting;
  const several = fill(say.several, { count: view.approvals.length, needed: view.needed });
  const undecided = view.approvers.filter(({ approved }) => !approved);
  // Who is away was not written to, where somebody else was.
  const written = undecided.filter(({ away }) => away === undefined);
  const open = written.length > 0 ? written : undecided;
  const asker = view.roles.includes('requester') || view.roles.includes('subject');
  return {
    title: say.title,
    body: [
      open.length > 0
        ? text(fill(say.text, { approvers: open.map((one) => approverName(one, words)).join(', ') }))
        : undefined,
      view.needed > 1 ? text(several, { spacing: 'small' }) : undefined,
      asker && open.length > 0 ? text(say.tip, { spacing: 'small' }) : undefined,
      quiet(fill(say.until, { when: dayAndTime(view.expiresAt) })),
    ],
    actions: [],
  };
}
