import { VERBS } from '../../../bot/teams/said-and-clicked';
import { hasStep } from '../../../bot/tickets/plan';
import { type Flow } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { type Account } from '../rig/house/crowd';
import { press, type Via } from '../rig/house/hands';
import { type Parties, plainly, type Room } from '../rig/house/room';
import { approve, click, vouchFor } from '../rig/house/walk';
import { type Dice } from '../seed';

/** A ticket that was approved, the code that only its approver has read, and the one who is to type it. */
export interface Scene {
  room: Room;
  dice: Dice;
  flow: Flow;
  ticket: string;
  recipient: { id: string };
  subject: Account;
  workstation: string;
  code: string;
  way: 'choose-pass' | 'choose-workstation';
}

/** Clicks that stop a ticket: whoever holds a session may always do that, and gains nothing by it. */
const STOPS: readonly string[] = ['cancel', 'not-me', 'deny'];
/** What a session can press in a ticket, whatever its card shows. */
const PRESSABLE = VERBS.filter((verb) => !STOPS.includes(verb) && verb !== 'vouch');

const { mara, jonas, petra } = people;

/** @param handed whether somebody hands over for a subject who is not in Teams */
export async function approvedScene(room: Room, dice: Dice, flow: Flow, handed = false): Promise<Scene> {
  const subject = room.somebody();
  const parties: Parties = handed ? { subject, requester: jonas, hander: petra } : plainly(flow, subject);
  const recipient = parties.hander ?? subject;
  const workstation = await room.workstation(recipient, handed ? 'desk' : 'own');
  const ticket = await room.open(flow, parties);
  const code = await approve(room, ticket, mara);
  if (!/^\d{6}$/.test(code)) throw new Error(`no code was shown to the approver of ${flow}`);
  const both = hasStep({ flow }, 'register') && hasStep({ flow }, 'show');
  const byWorkstation = both ? !handed && dice.below(2) === 0 : hasStep({ flow }, 'register');
  const way = byWorkstation ? 'choose-workstation' : 'choose-pass';
  return { room, dice, flow, ticket, recipient, subject, workstation, code, way };
}

/** Everything that a session can press, in some order and by both kinds of click; codes are guessed elsewhere. */
export async function hammer({ room, dice, ticket, way }: Scene, session: { id: string }): Promise<void> {
  await click(room, session, ticket, way);
  const more = { how: 'video', comment: 'x', subject: 'other', person: mara.id };
  for (const verb of [...dice.shuffled(PRESSABLE), 'prepare-show', 'show', 'start-job'] as const) {
    const via: Via = dice.below(4) === 0 ? 'submit' : 'execute';
    const { version } = await room.ticket(ticket);
    await press(room.house, session.id, { ...more, verb, ticket, nonce: `v${version}` }, via);
  }
  await room.house.rest();
}

/** Types a code, and then tries to have what it opens. @returns whether it was taken */
export async function tryCode(scene: Scene, session: { id: string }, code: string): Promise<boolean> {
  const { room, ticket } = scene;
  await click(room, session, ticket, 'vouch', { code });
  await reap(scene, session);
  return (await room.ticket(ticket)).vouchedAt !== undefined;
}

/** Asks for all that a vouched ticket gives. */
export async function reap({ room, ticket }: Scene, session: { id: string }): Promise<void> {
  for (const verb of ['prepare-show', 'show', 'start-job'] as const) await click(room, session, ticket, verb);
}

/** With the true code it works: so it was the code that was missing. */
export async function trueOne(scene: Scene): Promise<string[]> {
  const { room, ticket, recipient, code, way } = scene;
  await vouchFor(room, ticket, recipient, code, way);
  await click(room, recipient, ticket, 'prepare-show');
  const shown = await click(room, recipient, ticket, way === 'choose-pass' ? 'show' : 'start-job');
  return shown.letters === undefined ? ['with the true code nothing was given either'] : [];
}

/** Another code than this one. */
export function otherThan(code: string, dice: Dice): string {
  const guess = String(dice.below(1_000_000)).padStart(6, '0');
  return guess === code ? otherThan(code, dice) : guess;
}
