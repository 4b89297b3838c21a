import { newestWith } from '../../local/play/reading';
import { APP_ID } from '../../local/sandbox/product-settings';
import { type CardAction } from '../../local/teams';
import { executeActivity } from '../../local/teams/activities';
import { findAction } from '../../local/teams/card-actions';
import { type Rig } from '../rig/rig';

/** A button as it stood on a card: it can be pressed again after the card has been redrawn without it. */
export interface Lure {
  person: string;
  message: string;
  action: CardAction;
  inputs: Readonly<Record<string, string>>;
}

export function lureOf({ teams }: Rig, person: string, verb: string, inputs: Lure['inputs'] = {}): Lure {
  const found = newestWith(teams, person, verb);
  const placed = found && findAction(found.card, verb);
  if (!placed) throw new Error(`${teams.person(person).name} has no button "${verb}"`);
  return { person, message: found.message.id, action: placed.action, inputs };
}

/** Presses it, as the person would. @returns the HTTP status of the answer */
export async function press({ teams }: Rig, { person, message, action, inputs }: Lure): Promise<number | undefined> {
  const frame = { serviceUrl: teams.serviceUrl, appId: APP_ID, appName: teams.appName, now: Date.now };
  const data = { ...action.data, ...inputs };
  const { status } = await teams.send(executeActivity(frame, teams.person(person), message, action, data, 'manual'));
  return status;
}
