import { type Sandbox } from '../sandbox/sandbox';
import { type Cast, shortIdIn, type Tell, vouchCode } from './onboarding';
import { createPlayer, expectCard, type Player } from './player';
import { newestAbout, newestWith, offers, standingOn, textOf } from './reading';

interface ApprovalsCast extends Pick<Cast, 'subject' | 'manager'> {
  /** Decides while the manager is away, and becomes the manager later. */
  delegate: { id: string };
  helpdesk: { id: string };
  /** The delegate's own manager: is asked beside a manager who is new. */
  above: { id: string };
}

const DAY_MS = 24 * 3600 * 1000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

async function asks(player: Player, subject: string): Promise<string> {
  await player.say(subject, 'temporary pass');
  return textOf(await player.press(subject, 'send-request', { reason: 'My phone is broken.' }));
}

/** Waits until somebody has the approval card of a ticket, and gives what it says. */
async function askedOf({ teams }: Sandbox, player: Player, who: { id: string }, ticket: string): Promise<string> {
  const { name } = teams.person(who.id);
  const found = await player.until(`the approval card for ${name}`, () => {
    const card = newestWith(teams, who.id, 'approve')?.card;
    return card && textOf(card).includes(ticket) && card;
  });
  return textOf(found);
}

async function awayAndBack(sandbox: Sandbox, player: Player, cast: ApprovalsCast, tell: Tell): Promise<string> {
  const { teams } = sandbox;
  const { subject, manager, delegate } = cast;
  const [boss, stand] = [teams.person(manager.id).name, teams.person(delegate.id).name];
  await player.say(manager.id, 'away');
  const days = { awayFrom: dayFromNow(0), awayUntil: dayFromNow(3), person: stand };
  const entered = await player.press(manager.id, 'send-away', days);
  expectCard(entered, 'the absence to be entered', (card) => textOf(card).includes(stand) && offers(card, 'end-away'));
  tell(`${boss} is away for three days: ${stand} decides instead`);

  const ticket = shortIdIn(await asks(player, subject.id));
  const said = await askedOf(sandbox, player, delegate, ticket);
  if (!said.includes(boss)) throw new Error(`the card does not say for whom:\n${said}`);
  if (newestAbout(teams, manager.id, ticket)) throw new Error(`${boss} was written to while away`);
  tell(`${stand} gets the card of ticket ${ticket}, which says: in place of ${boss}`);
  const code = await vouchCode(player, delegate.id, await player.press(delegate.id, 'approve', { how: 'video' }));
  await player.until('the step of the code', () => newestWith(teams, subject.id, 'vouch'));
  await player.press(subject.id, 'vouch', { code });
  tell(`${stand} approves, and the code that they pass on is accepted`);
  await player.press(subject.id, 'cancel');

  await player.press(manager.id, 'end-away');
  const next = shortIdIn(await asks(player, subject.id));
  await askedOf(sandbox, player, manager, next);
  if (newestAbout(teams, delegate.id, next)) throw new Error(`${stand} is still asked`);
  tell(`${boss} is back early: the next ticket, ${next}, is theirs again`);
  return next;
}

/** The newest card that the subject has of a ticket says how it stands. */
async function reads({ teams }: Sandbox, player: Player, who: string, ticket: string, status: string): Promise<string> {
  const card = await player.until(`the card of ${ticket} to say ${status}`, () => {
    const found = newestAbout(teams, who, ticket);
    return found && standingOn(found) === status && found;
  });
  return textOf(card);
}

async function noRepeats(sandbox: Sandbox, player: Player, cast: ApprovalsCast, ticket: string, tell: Tell) {
  const { teams } = sandbox;
  const { subject, manager, helpdesk } = cast;
  await player.press(manager.id, 'deny-block', { denial: 'I have not heard from them.' });
  await reads(sandbox, player, subject.id, ticket, 'denied');
  const refused = await asks(player, subject.id);
  if (!refused.includes(ticket)) throw new Error(`a further request was not refused:\n${refused}`);
  tell(
    `${teams.person(manager.id).name} denies it and bars repeats: the next request is refused, with the number of the first`,
  );
  await player.say(helpdesk.id, ticket);
  await player.press(helpdesk.id, 'lift-block', { denial: 'They have called: it was a misunderstanding.' });
  tell(`${teams.person(helpdesk.id).name} of the helpdesk lifts that, with a reason`);
}

async function newManager(sandbox: Sandbox, player: Player, cast: ApprovalsCast, tell: Tell): Promise<string> {
  const { teams, entra } = sandbox;
  const { subject, delegate, above } = cast;
  const name = teams.person(delegate.id).name;
  const first = shortIdIn(await asks(player, subject.id));
  entra.edit({ user: subject.id, set: { managerId: delegate.id } });
  await player.press(cast.manager.id, 'approve', { how: 'video' });
  await askedOf(sandbox, player, delegate, first);
  tell(`${name} is the manager now: whoever was cannot decide ticket ${first} any more, and ${name} is asked`);
  const answer = await player.press(delegate.id, 'approve', { how: 'video' });
  expectCard(answer, 'one approval not to be enough', (card) => standingOn(card) === 'waiting');
  await askedOf(sandbox, player, above, first);
  const code = await vouchCode(player, above.id, await player.press(above.id, 'approve', { how: 'video' }));
  tell('Who has been the manager only since today does not decide alone: the manager above must approve too');
  await player.until('the step of the code', () => newestWith(teams, subject.id, 'vouch'));
  await player.press(subject.id, 'vouch', { code });
  return first;
}

/** Who decides, when the usual one is away, says no for good, or has changed. */
export async function approvals(sandbox: Sandbox, cast: ApprovalsCast, tell: Tell) {
  const player = createPlayer(sandbox);
  for (const { id } of [cast.subject, cast.manager, cast.delegate, cast.helpdesk, cast.above])
    if (!sandbox.teams.person(id).installed) await sandbox.teams.install(id);
  const waiting = await awayAndBack(sandbox, player, cast, tell);
  await noRepeats(sandbox, player, cast, waiting, tell);
  return { ticket: await newManager(sandbox, player, cast, tell) };
}
