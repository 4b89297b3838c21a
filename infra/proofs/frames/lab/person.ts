import { type Prompts } from '../../../../agent/operations/prompts';
import { Fault } from '../../../../agent/protocol/fault';
import { Secret } from '../../../../agent/protocol/secret';
import { later } from './virtual-time';
import { type Watch } from './watch';

/** Of the key, and the one that is chosen when a new one is wanted. Six digits satisfy every profile. */
export const PINS = { now: '471108', next: '081547' };

/** What the person is like. */
export interface Manners {
  /** How often they type the PIN of the key before they go away. */
  patience: number;
  /** What they say to a yes or no. */
  agrees: boolean;
  /** They are asked to unplug the key, or to plug it in. */
  pull: () => void;
  plug: () => void;
}

export interface Person extends Prompts {
  /** What they were shown and could not read. */
  readonly violations: readonly string[];
}

const REACTION_MS = 30;
/** A terminal must not be steered by what a key says. */
const CONTROL = /\p{Cc}/u;

export function createPerson(watch: Watch, { patience, agrees, pull, plug }: Manners): Person {
  const violations: string[] = [];
  const typed = { now: 0, next: 0 };
  const shown = (line: string): void => {
    if (CONTROL.test(line)) violations.push(`shows control characters: ${JSON.stringify(line).slice(0, 200)}`);
  };
  return {
    violations,
    say: shown,
    touch: shown,
    touchDone: () => undefined,
    progress(line) {
      shown(line);
      if (/\b(unplug|pull)\b/i.test(line)) later(pull, REACTION_MS);
      else if (/\bplug\b/i.test(line)) later(plug, REACTION_MS);
      return { done: () => undefined };
    },
    async askPin({ purpose }) {
      if (purpose === 'enter') {
        typed.now += 1;
        if (typed.now > patience) throw goneAway();
        watch.typed();
        return new Secret(PINS.now);
      }
      typed.next += 1;
      // A first PIN may be used once without being asked for; one that replaces another is known to be right by then.
      if (typed.next === 1 && typed.now === 0) watch.typed();
      return new Secret(PINS.next);
    },
    async confirm(question) {
      shown(question);
      return agrees;
    },
    async ask(question) {
      shown(question);
      return 'yes';
    },
  };
}

function goneAway(): Fault {
  return new Fault({ code: 'no-answer', say: 'Nobody is there any more.', todo: 'Start again.', retry: true });
}
