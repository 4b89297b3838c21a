import { type ChoiceSetInput, type CardElement } from '../card';
import { ticketButton } from '../actions';
import { box, command, present, text } from '../elements';
import { fill } from '../fill';
import { INPUT, NONE } from '../inputs';
import { keyFound } from '../key-found';
import { passkeyTitle } from '../passkey-title';
import { isRecipient, recipientIn } from '../people';
import { plain } from '../plain';
import { pairButton, pairDeskButton, workstationChoice } from '../workstation-choice';
import { type Words } from '../words/en';
import { jobStage } from './register';
import { type ProgressModel, type Stage } from './stage';

/** The command that changes the PIN of a key at a workstation. */
const CHANGE_PIN = 'keyvouch-agent pin change';

/** The key is to be looked at, or has been: what its person reads before anybody is asked to approve. */
export function diagnose(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.locked;
  const running = jobStage(model, words);
  if (running) return running;
  if (!isRecipient(view) && (!view.diagnosis || view.diagnosis.wantsPick)) {
    const name = plain(recipientIn(view).name, 60);
    return { title: say.look.title, body: [text(fill(say.look.elsewhere, { name }))], actions: [] };
  }
  if (!view.diagnosis) return look(model, words);
  return view.diagnosis.wantsPick ? pick(model, words) : verdict(model, words);
}

function look(model: ProgressModel, words: Words): Stage {
  const { view, workstations } = model;
  const { title, text: own, desk, unpaired, which } = words.locked.look;
  const { workstation, hander } = view;
  const atDesk = workstation?.kind === 'desk';
  const none = !atDesk && workstations?.length === 0;
  const choice = atDesk ? undefined : workstationChoice(workstations, which);
  const subject = plain(view.subject.name, 60);
  return {
    title,
    body: [
      text(atDesk ? fill(desk, { subject, workstation: plain(workstation.name, 60) }) : own),
      none ? text(unpaired) : undefined,
      choice,
    ],
    actions: [
      none ? (hander ? pairDeskButton(words) : pairButton(words, 'positive')) : undefined,
      ticketButton(view, 'diagnose', words.buttons.diagnose, {
        inputs: choice !== undefined,
        ...(!none && { style: 'positive' }),
      }),
    ],
  };
}

/** What is wrong with the key, and what to do about it. */
function verdict(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const { diagnosis } = view;
  const say = words.locked;
  if (!diagnosis) return look(model, words);
  const { title, text: what } = say.verdicts[diagnosis.verdict];
  const { retriesLeft: count } = diagnosis.pin;
  const helps = diagnosis.verdict === 'blocked-until-replug' || diagnosis.verdict === 'tries-left';
  const empty = diagnosis.verdict === 'no-pin';
  const { buttons } = words;
  const body: (CardElement | undefined)[] = [
    text(what),
    helps && count !== undefined ? text(fill(say.tries, { count }), { spacing: 'small', weight: 'bolder' }) : undefined,
    diagnosis.verdict === 'change-forced' ? box('emphasis', [command(CHANGE_PIN)], 'small') : undefined,
    diagnosis.modelAllowed
      ? empty || diagnosis.wantsReset
        ? undefined
        : text(say.ways, { spacing: 'small' })
      : box('warning', [text(`! ${say.modelOut}`)]),
  ];
  const close = ticketButton(
    view,
    'not-needed',
    buttons['not-needed'],
    diagnosis.wantsReset || empty ? {} : { style: 'positive' },
  );
  const forgotten = ticketButton(
    view,
    'forgotten',
    empty ? buttons.set_up_anew : buttons.forgotten,
    empty ? { style: 'positive' } : {},
  );
  // What is most likely wanted comes first.
  const first = empty ? [forgotten, close] : [close, forgotten];
  return { title, body, actions: [...first, ticketButton(view, 'diagnose', buttons.diagnose_again)] };
}

/** The key does not tell which passkey is on it: its person does. The same model only suggests. */
function pick({ view }: ProgressModel, words: Words): Stage {
  const { diagnosis } = view;
  const say = words.locked.pick;
  const list = diagnosis?.passkeys ?? [];
  const alike = list.filter(({ aaguid }) => aaguid === diagnosis?.aaguid);
  const title = (at: number): string => {
    const passkey = list[at];
    if (!passkey) return '';
    const key = passkeyTitle(passkey, words);
    return alike.includes(passkey) ? fill(say.likely, { key }) : key;
  };
  const choice: ChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: INPUT.passkeys,
    label: say.label,
    style: 'expanded',
    wrap: true,
    isRequired: true,
    errorMessage: say.missing,
    choices: [
      ...list.map(({ methodId }, at) => ({ title: title(at), value: methodId })),
      { title: say.none, value: NONE },
    ],
  };
  return {
    title: say.title,
    body: [text(say.text), choice],
    actions: [
      ticketButton(view, 'pick-passkey', words.buttons['pick-passkey'], { style: 'positive', inputs: true }),
      ticketButton(view, 'diagnose', words.buttons.diagnose_again),
    ],
  };
}

/** Approved: the key is erased at the workstation that has looked at it. */
export function reset(model: ProgressModel, words: Words): Stage {
  const { view } = model;
  const say = words.locked.reset;
  const unknown = view.diagnosis?.reset === 'unknown';
  // That its job came to nothing says less than that nobody knows what it did.
  const running = unknown && view.job?.act === 'reset' ? undefined : jobStage(model, words);
  if (running) return running;
  const workstation = plain(view.workstation?.name ?? '', 60);
  const { buttons } = words;
  return {
    title: unknown ? say.unknown : say.title,
    body: present([text(fill(unknown ? say.unknownText : say.text, { workstation })), keyFound(view, words)]),
    actions: [ticketButton(view, 'start-job', unknown ? buttons.diagnose : buttons.erase, { style: 'positive' })],
  };
}
