import { type TicketStore } from '../../../bot/service/ports';
import { type Flow, type Ticket } from '../../../bot/tickets/ticket';
import { type Dice } from '../seed';
import { type Burst, wrongWith } from './burst';
import { type Answer } from './deliver';
import { askerOf, type Role, type Step, storyOf, typedCode } from './stories';

/** A click of one ticket's card. */
export interface Click extends Pick<Step, 'who' | 'verb' | 'how' | 'text'> {
  ticket: string;
  /** Of the card that it is on. */
  nonce: string;
  code?: string;
}

/** Where stories are played: two processes of the product over one storage, and the people before them. */
export interface Stage {
  subject: { id: string };
  newId(): string;
  /** Sends one form so many times at once. */
  ask(who: Role, flow: Flow, id: string, times: number): Promise<Answer[]>;
  /** Delivers one click so many times at once. */
  press(click: Click, times: number): Promise<Answer[]>;
  read<T>(work: (tickets: TicketStore) => Promise<T>): Promise<T>;
  /** Passes that Entra made so far. */
  passesMade(): number;
  /** Lets a little time go by. */
  wait(): Promise<void>;
  /** After so many waits whatever was waited for does not come. */
  waitsAtMost: number;
}

export interface Played {
  deliveries: number;
  wrong: string[];
}

interface Cycle {
  flow: Flow;
  id: string;
  /** Event counts at the last look. */
  seen: Map<string, number>;
  code: string;
}

const TIMES_AT_MOST = 10;
const OPEN: readonly string[] = ['waiting', 'approved', 'frozen'];

/** One ticket from its request to its end, each click many times. @throws Error where it comes to no end */
export async function playStory(stage: Stage, flow: Flow, dice: Dice): Promise<Played> {
  const cycle: Cycle = { flow, id: stage.newId(), seen: new Map(), code: '' };
  const played: Played = { deliveries: 0, wrong: [] };
  const ticket = (): Promise<Ticket | undefined> =>
    stage.read(async (tickets) => (await tickets.load(cycle.id))?.ticket);

  /** Looks until it is so, or time is up. @returns the ticket as it was last seen */
  async function until(so: (now: Ticket | undefined) => boolean): Promise<Ticket | undefined> {
    let now = await ticket();
    for (let waits = 0; !so(now) && waits < stage.waitsAtMost; waits += 1) {
      await stage.wait();
      now = await ticket();
    }
    return now;
  }

  /** What was recorded since the last look; a slow machine answers before it has recorded, so it is waited for. */
  async function eventsSince(once: readonly string[]): Promise<Record<string, number>> {
    for (let waits = 0; ; waits += 1) {
      const now = new Map<string, number>();
      for (const { kind } of await stage.read((tickets) => tickets.audit(cycle.id)))
        now.set(kind, (now.get(kind) ?? 0) + 1);
      const since = Object.fromEntries([...now].map(([kind, count]) => [kind, count - (cycle.seen.get(kind) ?? 0)]));
      if (once.every((kind) => (since[kind] ?? 0) > 0) || waits === stage.waitsAtMost) {
        cycle.seen = now;
        return since;
      }
      await stage.wait();
    }
  }

  /** Tickets of the cycle's request that are open, the cycle's own counted in any case. */
  async function openOnes(): Promise<number> {
    const open = await stage.read(async (tickets) => {
      const { items } = await tickets.ofPerson(stage.subject.id, { size: 20 });
      const all = await Promise.all(items.map((one) => tickets.load(one)));
      return all.flatMap((one) => (one && one.ticket.flow === flow && OPEN.includes(one.ticket.status) ? one : []));
    });
    return open.filter((one) => one.ticket.id !== cycle.id).length + 1;
  }

  /** Delivers something several times at once, and looks at what became of it. */
  async function burst(
    verb: string,
    once: readonly string[],
    deliver: (times: number) => Promise<Answer[]>,
  ): Promise<Answer[]> {
    const before = stage.passesMade();
    const times = 1 + dice.below(TIMES_AT_MOST);
    const answers = await deliver(times);
    played.deliveries += times;
    const events = await eventsSince(once);
    const now = await ticket();
    const facts: Burst = {
      ...{ verb, times, answers, events, once },
      ticketsNow: await openOnes(),
      passesMade: stage.passesMade() - before,
      ticket: { approvals: now?.approvals ?? [], vouchTries: now?.vouchTries ?? 0 },
    };
    played.wrong.push(...wrongWith(facts).map((what) => `${flow}: ${what}`));
    return answers;
  }

  const letters = (answers: readonly Answer[]): string =>
    answers.find((one) => one.letters !== undefined)?.letters ?? '';

  async function take(step: Step): Promise<void> {
    const now = await until((one) => one !== undefined && (step.ready?.(one) ?? true));
    const click: Click = { ...step, ticket: cycle.id, nonce: `v${now?.version ?? 0}` };
    const typed = step.code && { code: typedCode(step.code, cycle.code) };
    const answers = await burst(step.verb, step.once, (times) => stage.press({ ...click, ...typed }, times));
    if (step.verb !== 'approve') return;
    cycle.code = letters(answers);
    // Where the answer came too late to hold the code, its approver asks for it once more.
    if (cycle.code === '' && now?.rule.vouch)
      cycle.code = letters(await stage.press({ ...click, verb: 'show-vouch-code', nonce: stage.newId() }, 1));
  }

  const asked = await burst('send-request', ['opened'], (times) => stage.ask(askerOf(flow), flow, cycle.id, times));
  if (!(await ticket())) {
    const [{ fault, text } = {}] = asked;
    throw new Error(`${flow}: no ticket was opened: ${fault ?? text ?? 'nothing was said'}`);
  }
  for (const step of storyOf(flow, dice)) await take(step);
  // The next ticket of the same kind would not be opened before.
  const end = await until((now) => !OPEN.includes(now?.status ?? ''));
  if (OPEN.includes(end?.status ?? ''))
    throw new Error(`${flow} comes to no end: ${end?.status ?? ''}, ${end?.parked?.code ?? 'nothing parked'}`);
  const broken = await stage.read((tickets) => tickets.verifyAudit(cycle.id));
  played.wrong.push(...broken.map((why) => `audit of ${cycle.id}: ${why}`));
  return played;
}
