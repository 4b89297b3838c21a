import { type Flow } from '../../../../bot/tickets/ticket';
import { type ActionData, type Verb } from '../../../../bot/tickets/verbs';
import { lettersOf, textOf } from '../../../local/play/reading';
import { APP_ID } from '../../../local/sandbox/product-settings';
import { type CardJson } from '../../../local/teams';
import { executeActivity, submitActivity } from '../../../local/teams/activities';
import { readAnswer } from '../../../local/teams/answer';
import { type House } from './house';

/** By a button as Teams sends it now (Action.Execute), or as an old client does (its Action.Submit fallback). */
export type Via = 'execute' | 'submit';

/** What a click says: the data of its button, with what was typed. Nothing of it need ever have stood on a card. */
export type ClickData = ActionData & { verb: Verb; what?: Flow } & Readonly<Record<string, unknown>>;

export interface Answered {
  status: number | undefined;
  /** The card in the reply; a submitted click has none. */
  card?: CardJson;
  /** All that the card says. */
  text: string;
  /** What it shows in large letters: a code, a number or a pass. */
  letters?: string;
}

/** Stands on the card that asks for patience where the answer takes longer than Teams waits. */
const SLOW = 'answer-slow';
const PRESSES_AT_MOST = 6;

/**
 * The hands of whoever holds a person's Teams session: any click, whatever cards there are. Told that it takes longer
 * than usual, they press the same once more: a busy machine is no finding.
 */
export async function press(
  house: Pick<House, 'teams' | 'now' | 'rest'>,
  person: string,
  click: ClickData,
  via: Via = 'execute',
): Promise<Answered> {
  let answer = await pressOnce(house, person, click, via);
  for (let again = 1; again < PRESSES_AT_MOST && answer.text.includes(SLOW); again += 1) {
    await house.rest();
    answer = await pressOnce(house, person, click, via);
    // Who has decided by the first one reads their code by another button.
    const code = click.verb === 'approve' && via === 'execute' && answer.letters === undefined;
    if (code) answer = await pressOnce(house, person, { ...click, verb: 'show-vouch-code' }, via);
  }
  return answer;
}

async function pressOnce(
  { teams, now }: Pick<House, 'teams' | 'now'>,
  person: string,
  click: ClickData,
  via: Via,
): Promise<Answered> {
  const frame = { serviceUrl: teams.serviceUrl, appId: APP_ID, appName: teams.appName, now: () => now().getTime() };
  const who = teams.person(person);
  if (via === 'submit') {
    const { status } = await teams.send(submitActivity(frame, who, 'card', { ...click }));
    // The answer is a message in the chat.
    const card = teams.chat(person).findLast(({ from }) => from === 'bot')?.card;
    const letters = card && lettersOf(card);
    return { status, text: card ? textOf(card) : '', ...(card && { card }), ...(letters !== undefined && { letters }) };
  }
  const delivery = await teams.send(executeActivity(frame, who, 'card', { verb: click.verb }, { ...click }, 'manual'));
  const answer = readAnswer(delivery);
  const { status } = delivery;
  if (answer.kind !== 'card') return { status, text: answer.kind === 'submitted' ? '' : answer.text };
  const letters = lettersOf(answer.card);
  return { status, card: answer.card, text: textOf(answer.card), ...(letters !== undefined && { letters }) };
}

/** What may have come of a click: the ticket's history, what Entra was made to do to its subject, jobs given out. */
export interface Traces {
  version: number;
  /** Kinds of the events, without what the service notes by itself. */
  events: readonly string[];
  effects: number;
  jobs: number;
}

/** What the service notes on its own account: who is asked now, who was reached, what stands still. */
const NOTED: readonly string[] = [
  ...['approvers-changed', 'reminded', 'widened', 'parked', 'resumed', 'unreached', 'reached'],
  ...['mail-sent', 'mail-failed', 'outer-numbered', 'outer-failed', 'outer-restored'],
];

/** @param workstations whose jobs are counted */
export async function tracesOf(
  { entra, processes }: Pick<House, 'entra' | 'processes'>,
  id: string,
  workstations: readonly string[] = [],
): Promise<Traces> {
  const { tickets, workstations: stations } = processes[0].deps;
  const ticket = (await tickets.load(id))?.ticket;
  const records = await tickets.audit(id);
  const jobs = await Promise.all(workstations.map((one) => stations.jobs(one)));
  const subject = ticket?.subject.id ?? id;
  return {
    version: ticket?.version ?? 0,
    events: records.map(({ kind }) => kind).filter((kind) => !NOTED.includes(kind)),
    effects: entra.effects().filter(({ url, path }) => url.includes(subject) && !path.endsWith('/sendMail')).length,
    jobs: jobs.flat().length,
  };
}

/** What is there now and was not before, a line each. */
export function differences(before: Traces, after: Traces): string[] {
  const events = after.events.slice(before.events.length);
  return [
    ...events.map((kind) => `"${kind}" was recorded`),
    ...(after.effects === before.effects ? [] : [`Entra was changed ${after.effects - before.effects} times`]),
    ...(after.jobs === before.jobs ? [] : [`${after.jobs - before.jobs} jobs were given out`]),
  ];
}
