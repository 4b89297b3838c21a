import { type DiagnosisView } from '../bot/tickets/diagnosis-view';
import { type TicketView } from '../bot/tickets/view';
import { type CardElement, type Container, type TextBlock } from './card';
import { box, present, text } from './elements';
import { fill } from './fill';
import { plain } from './plain';
import { type Words } from './words/en';

/** Whoever was at the key. */
const teller = ({ hander, subject }: TicketView): string => plain((hander ?? subject).name, 60);

/** How the key was found, which passkey is on it and how that is known, and what became of it. */
export function keyFound(view: TicketView, words: Words): Container | undefined {
  const { diagnosis, removals, status } = view;
  // Once it is all done, how the key once was is of no use to anybody.
  if (!diagnosis || status === 'done') return undefined;
  const emptied = diagnosis.reset === 'erased';
  const { box: say, verdicts } = words.locked;
  const names = removals.map(({ passkey }) => plain(passkey.name, 60)).join(', ');
  const line = (content: string) => text(content, { spacing: 'small' });
  const open = status === 'waiting' || status === 'approved';
  return box(
    'emphasis',
    present<TextBlock>([
      text(say.title, { weight: 'bolder' }),
      diagnosis.model === undefined ? undefined : line(fill(say.model, { model: plain(diagnosis.model) })),
      emptied ? undefined : line(`${verdicts[diagnosis.verdict].title}.`),
      diagnosis.forgottenAt && !emptied ? line(fill(say.forgotten, { name: teller(view) })) : undefined,
      emptied ? undefined : matched(diagnosis, names, teller(view), words),
      open && diagnosis.wantsReset && !emptied ? line(say.others) : undefined,
      emptied ? text(`✓ ${say.erased}`, { spacing: 'small', weight: 'bolder' }) : undefined,
      diagnosis.reset === 'unknown' ? text(`! ${say.unknown}`, { spacing: 'small', weight: 'bolder' }) : undefined,
    ]),
  );
}

function matched({ matchedBy }: DiagnosisView, names: string, name: string, words: Words): TextBlock | undefined {
  const { silent, person, none } = words.locked.box;
  if (!matchedBy) return undefined;
  const sentence = names === '' ? none : matchedBy === 'silent' ? silent : person;
  const content = fill(sentence, names === '' ? { name } : matchedBy === 'silent' ? { names } : { names, name });
  return text(matchedBy === 'person' ? `! ${content}` : content, { spacing: 'small' });
}

const SIGN = { named: '○', due: '●', removed: '✓', kept: '○' } as const;

/** What becomes of the passkey of a key that is erased, on the account. */
export function keyRemovals({ removals, status, diagnosis }: TicketView, words: Words): CardElement | undefined {
  const say = words.locked.removal;
  const over = status !== 'waiting' && status !== 'approved';
  const stays = removals.filter(({ state }) => state === 'named');
  const names = stays.map(({ passkey }) => plain(passkey.name, 60)).join(', ');
  // Nothing was decided on, or done, that would have to be told.
  const erasing = diagnosis?.reset !== undefined || diagnosis?.modelAllowed === true;
  if (removals.length === 0 || !diagnosis?.wantsReset || !erasing || (over && stays.length > 0 && !diagnosis.reset))
    return undefined;
  if (over && stays.length > 0) return box('warning', [text(fill(say.useless, { name: names }))]);
  return box('emphasis', [
    text(say.title, { weight: 'bolder' }),
    ...removals.map(({ passkey, state: now }) => {
      // Another key was erased than was decided on: for the time being it stays.
      const state = now === 'named' && diagnosis.reset === 'erased' ? 'kept' : now;
      return text(`${SIGN[state]} ${fill(say[state], { name: plain(passkey.name, 60) })}`, { spacing: 'small' });
    }),
  ]);
}

/** The same for the one who decides: what goes from the account if they approve. */
export function keyRemovalsAsked({ removals }: TicketView, words: Words): CardElement {
  const { removes, removesNone } = words.locked.approve;
  const names = removals.map(({ passkey }) => plain(passkey.name, 60)).join(', ');
  return text(names === '' ? removesNone : fill(removes, { names }), { spacing: 'small', weight: 'bolder' });
}
