import { z } from 'zod';
import { Fault } from '../../../agent/protocol/fault';
import { type ErasurePlan, type ErasureScope } from '../../storage';
import { EXIT } from '../exit-status';
import { type Admin } from '../open';
import { type Terminal } from '../terminal';

export interface EraseFlags {
  /** Entra object id. */
  person?: string;
  /** `400d`. */
  olderThan?: string;
  /** What would be typed. */
  confirm?: string;
  /** Who is recorded as the one who did it. */
  actor: string;
}

/** `audit erase`. @returns the exit status */
export async function erase({ ledger }: Admin, flags: EraseFlags, terminal: Terminal, now: Date): Promise<number> {
  const { scope, word } = scopeOf(flags, now);
  const plan = await ledger.plan(scope);
  for (const line of planWords(plan)) terminal.say(line);
  const typed = flags.confirm ?? (await terminal.ask(`Type ${word} to erase, anything else to leave it: `));
  if (typed.toLowerCase() !== word) {
    terminal.say('Nothing was erased.');
    return EXIT.failed;
  }
  const count = await ledger.carryOut(plan, flags.actor);
  terminal.say(`Erased in ${count} of ${plan.erasable.length} tickets, and recorded as done by ${flags.actor}.`);
  if ('person' in scope && (await ledger.removeConversation(scope.person, flags.actor))) {
    terminal.say('Where this person can be written to in Teams was forgotten as well.');
  }
  return count === plan.erasable.length ? EXIT.done : EXIT.failed;
}

function scopeOf({ person, olderThan }: EraseFlags, now: Date): { scope: ErasureScope; word: string } {
  if (person !== undefined && olderThan === undefined) {
    const id = z.string().uuid().toLowerCase().safeParse(person).data;
    if (id === undefined) throw usage('--person takes an Entra object id.');
    return { scope: { person: id }, word: id };
  }
  const [, days] = /^(\d{1,5})d$/.exec(olderThan ?? '') ?? [];
  if (person !== undefined || days === undefined || Number(days) < 1) {
    throw usage('Give either --person ID or --older-than DAYS, such as 400d.');
  }
  const closedBefore = new Date(now.getTime() - Number(days) * 24 * 60 * 60_000).toISOString();
  return { scope: { closedBefore }, word: `${Number(days)}d` };
}

function usage(say: string): Fault {
  return new Fault({ code: 'usage', say, todo: 'Look at "npm run admin -- audit erase --help".' });
}

const SHOWN = 20;

function planWords({ scope, erasable, left }: ErasurePlan): string[] {
  const which = 'person' in scope ? `name ${scope.person}` : `were closed before ${scope.closedBefore}`;
  const some = erasable.slice(0, SHOWN).map(({ shortId }) => shortId);
  const more = erasable.length > SHOWN ? ` and ${erasable.length - SHOWN} more` : '';
  const why = (reason: ErasurePlan['left'][number]['why']) => left.filter((one) => one.why === reason).length;
  const reasons = [
    `${why('open')} still open`,
    `${why('at-work')} with something still to do`,
    `${why('tampered')} that somebody else changed`,
  ];
  return [
    `${erasable.length} closed tickets ${which}${some.length > 0 ? `: ${some.join(', ')}${more}` : ''}.`,
    ...(left.length > 0 ? [`Left alone: ${reasons.join(', ')}.`] : []),
    'Names, reasons, comments and what risks say of people go from them for good. Ids, and what happened when, stay; the records can still be verified.',
  ];
}
