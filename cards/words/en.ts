import { buttons } from './en/buttons';
import { absence, approvalRefusals } from './en/absence';
import { asking } from './en/asking';
import { approving } from './en/approving';
import { pairing } from './en/pairing';
import { desk } from './en/desk';
import { commands, hints } from './en/commands';
import { faults } from './en/faults';
import { helpdeskRefusals, helpdeskWords } from './en/helpdesk';
import { history } from './en/history';
import { locked, lockedRefusals } from './en/locked';
import { notMe } from './en/not-me';
import { outer, outerRefusals } from './en/outer';
import { readiness } from './en/readiness';
import { refusals } from './en/refusals';
import { shared, sharedRefusals } from './en/shared';
import { stepUpRefusals, stepUpWords } from './en/step-up';
import { ticket } from './en/ticket';

/**
 * What Keyvouch says in English. A word in braces is a place for a name or a number and stays as it is.
 * `**` around words makes them bold.
 */
export const en = {
  lang: 'en',
  product: 'Keyvouch',
  sandbox: 'Sandbox: nothing here is real.',
  ...asking,
  ...approving,
  ...pairing,
  ...desk,
  ...ticket,
  ...notMe,
  ...absence,
  ...outer,
  ...locked,
  ...helpdeskWords,
  history,
  ...shared,
  ...stepUpWords,

  readiness: {
    title: 'Is everything ready?',
    subject: 'For {name}',
    ok: 'Everything we checked is in order.',
    stop: 'Something is in the way. This must be put right first.',
    warn: 'This works. Please read the notes.',
    nothing: 'Nothing could be checked just now.',
    generic: {
      say: 'A further check ({code}).',
      todo: 'Show this to the helpdesk.',
    },
    states: { ok: 'Fine', stop: 'In the way', warn: 'Please note', 'not-checked': 'Not checked' },
    items: readiness,
  },

  pass: {
    title: 'Your pass',
    titleOther: 'Pass for {subject}',
    until: 'Valid until {when}.',
    once: 'It is shown only this once. Do not write it down, and send it to nobody.',
    handOver: 'Show it to {subject} in person. Do not send it.',
    steps: [
      'Wait 10 seconds. A new pass needs a moment.',
      'Open {site} in a private browser window.',
      'Type your user name, then the pass. Mind capital letters.',
      'Choose **Add sign-in method**, then **Security key**, and follow the steps.',
    ],
    stepsAlone: [
      'Wait 10 seconds. A new pass needs a moment.',
      'Sign in where you need it, with your user name, then the pass. Mind capital letters.',
      'When you no longer need it, say so here: it then ends at once.',
    ],
    left: 'If something goes wrong you can see a new pass {count} more times. The old one then ends.',
    leftOne: 'If something goes wrong you can see a new pass once more. The old one then ends.',
    leftNone: 'This was the last time. If it does not work, please call the helpdesk.',
  },

  stale: {
    title: 'This has moved on',
    text: 'Your click came later than a change and did nothing. This is how it stands now:',
  },

  error: {
    title: 'That did not work',
    generic: 'Something went wrong on our side.',
    genericTodo: 'Please try again in a few minutes. If it goes on, tell the helpdesk the code below.',
    code: 'Code for the helpdesk: {code}',
  },

  refusal: {
    title: 'Not possible',
    generic: 'That is not possible now.',
    genericTodo: 'Open the request to see how it stands, or ask the helpdesk.',
  },

  buttons,
  refusals: {
    ...refusals,
    ...lockedRefusals,
    ...helpdeskRefusals,
    ...sharedRefusals,
    ...outerRefusals,
    ...stepUpRefusals,
    ...approvalRefusals,
  },
  faults,
  commands,
  hints,
};

type Same<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Same<Item>[]
    : { readonly [Key in keyof T]: Same<T[Key]> };

/** All that Keyvouch says in one language: every language has the same words. */
export type Words = Same<typeof en>;

/** A thing that happened, and what to do now. */
export interface Said {
  readonly say: string;
  readonly todo: string;
}
