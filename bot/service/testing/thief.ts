import { type TicketId } from '../../tickets/ids';
import { vouched, WHO, type World } from './world';

/** Somebody else sits in Ada's chat, and asks in her name for a way in. */

export const MAIL = { KEYVOUCH_MAILBOX: 'keyvouch@contoso.example' };
export const BLOCK = { KEYVOUCH_FREEZE_BLOCKS_SIGN_IN: 'on' };
export const PASS = { flow: 'pass', reason: 'My phone is broken' } as const;
export const LOST = { flow: 'lost-key', reason: 'It fell into the river', passkeys: ['blue'] } as const;
export const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** Brings a lost-key ticket of Ada's to its shown pass. */
export async function shown(world: World): Promise<TicketId> {
  world.addPasskey('ada', 'blue', LONG_AGO);
  const id = await vouched(world, 'choose-pass', LOST);
  await world.press('ada', id, 'prepare-show');
  const { pass } = await world.press('ada', id, 'show');
  if (!pass) throw new Error('no pass');
  await world.rest();
  return id;
}

/** The thief has finished: a key of theirs is there, the owner's is gone. */
export async function finished(world: World): Promise<TicketId> {
  const id = await shown(world);
  world.addPasskey('ada', 'thief');
  await world.pass(120);
  const { status } = world.ticket(id);
  if (status !== 'done') throw new Error(`the ticket is ${status}`);
  return id;
}

/** Entra's ids of Ada's passkeys. */
export const keysLeft = ({ entra }: World) => (entra.passkeys.get(WHO.ada) ?? []).map(({ id }) => id);

/** Whether a pass of Ada's lives. */
export const alive = ({ entra }: World) => entra.passes.has(WHO.ada);

/** What was taken away or switched in Entra, in order. */
export const acts = ({ entra }: World) =>
  entra.calls.filter((call) => /^(passes\.delete|passkeys\.delete|sessions\.revoke|accounts\.setEnabled)$/.test(call));

/** The token of the link in a mail, by default the last one. */
export function token({ entra }: World, nth = -1): string {
  return /\/api\/not-me\/([^"]+)"/.exec(entra.mails.at(nth)?.html ?? '')?.[1] ?? 'none';
}

/** What Ada's tickets still wait to have done, but for the look at their approvers. */
export const left = ({ store }: World, id: TicketId) =>
  store.waitingItems(id).filter(({ effect }) => effect.kind !== 'follow-approvers');
