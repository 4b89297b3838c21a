import { ticketButton } from '../actions';
import { box, letters, quiet, text } from '../elements';
import { fill } from '../fill';
import { time } from '../moments';
import { plain } from '../plain';
import { saidOf } from '../said';
import { pairButton } from '../workstation-choice';
import { type Words } from '../words/en';
import { choose, otherWay } from './choose';
import { type ProgressModel, type Stage } from './stage';

/** Where a job at a workstation stands; undefined where there is none, or one may be started. */
export function jobStage(model: ProgressModel, words: Words): Stage | undefined {
  const { view, jobNumber } = model;
  const say = words.progress.register;
  const workstation = view.workstation ? plain(view.workstation.name, 60) : '';
  const start = view.can.includes('start-job') || view.can.includes('diagnose');
  if (!start && view.job?.state === 'started') {
    return { title: fill(say.started, { workstation }), body: [text(say.startedText)], actions: [] };
  }
  if (!start && view.job?.state === 'made') return { title: say.made, body: [text(say.madeText)], actions: [] };
  if (!start && view.job?.state === 'offered') {
    const until = quiet(fill(say.numberTip, { when: time(view.job.validUntil) }));
    const number = jobNumber === undefined ? undefined : letters(jobNumber);
    const ask = box('accent', [text(fill(say.number, { workstation })), number, until]);
    return { title: fill(say.offered, { workstation }), body: [ask], actions: [] };
  }
  return view.job?.state === 'failed' ? failed(model, words) : undefined;
}

/** The key is set up at a workstation: to begin, or wherever the job there stands. */
export function register(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.register;
  const workstation = view.workstation ? plain(view.workstation.name, 60) : '';
  const start = ticketButton(view, 'start-job', words.buttons['start-job'], { style: 'positive' });
  const running = jobStage(model, words);
  if (running) return running;
  if (!view.workstation) {
    return {
      title: say.title,
      body: [text(say.unpaired)],
      actions: [pairButton(words, 'positive'), otherWay(model, words)],
    };
  }
  const emptied = view.diagnosis?.reset === 'erased' ? text(words.locked.register) : undefined;
  return {
    title: say.title,
    body: [emptied, text(fill(say.text, { workstation }))],
    actions: [start, otherWay(model, words)],
  };
}

function failed(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.progress.register;
  const why = saidOf(view.job?.code ?? '', undefined, words);
  const elsewhere = view.job?.code === 'workstation-removed' && view.workstation?.kind !== 'desk';
  if (elsewhere && view.can.includes('choose-workstation')) {
    const { body, actions } = choose(model, words);
    return { title: say.failed, body: [text(why?.say ?? say.failedText), ...body], actions };
  }
  const verb = view.can.includes('diagnose') ? 'diagnose' : 'start-job';
  const again = ticketButton(view, verb, words.buttons.start_again, { style: 'positive' });
  return {
    title: say.failed,
    body: [
      text(why?.say ?? say.failedText),
      text(why?.todo ?? (again ? say.failedAgain : words.error.genericTodo), { spacing: 'small' }),
      view.job?.code === undefined || why ? undefined : quiet(fill(words.error.code, { code: plain(view.job.code) })),
    ],
    actions: [again, otherWay(model, words)],
  };
}
