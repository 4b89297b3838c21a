import { type VirtualKey } from '../key';
import { type Sandbox } from '../sandbox/sandbox';
import { playAtTheKey } from './at-the-key';
import {
  type Cast,
  onboardingAtWorkstation,
  passkeysOf,
  ready,
  shortIdIn,
  signInWithKey,
  type Tell,
  typeVouchCode,
  vouchCode,
} from './onboarding';
import { pairWorkstation } from './pair-workstation';
import { createPlayer, type Player } from './player';
import { lettersOf, newestAbout, newestWith, offers, textOf } from './reading';

/** The rule that the sandbox must have for it: the manager approves with her own key. */
export const STEP_UP_RULES = { 'spare-key': { circles: [[{ kind: 'manager' }]], stepUp: true } } as const;

export interface StepUpCast extends Cast {
  /** The approver's own key, her PIN, and who approves her own first key. */
  approver: { upn: string; key: VirtualKey; pin: string; boss: { id: string } };
}

/** Runs the agent until one job is done. @returns everything it said */
async function runAgent(sandbox: Sandbox, workstation: string, at: { key: VirtualKey; pin: string; number: string }) {
  const { key, pin, number } = at;
  const agent = sandbox.agent(workstation, ['run', '--once', '--device', `tcp:127.0.0.1:${key.port}`, '--json-lines']);
  playAtTheKey(agent, { key, pin, number: () => number });
  const exit = await agent.ended;
  const said = agent
    .lines()
    .map(({ text }) => text)
    .join('\n');
  if (exit !== 0) throw new Error(`the agent ended with ${exit ?? 'a signal'}:\n${said}`);
  return said;
}

function mustSay(said: string, what: RegExp): void {
  if (!what.test(said)) throw new Error(`the agent did not say ${String(what)}:\n${said}`);
}

async function approveWithKey(
  sandbox: Sandbox,
  player: Player,
  { manager, approver }: StepUpCast,
  ticket: string,
  workstation: string,
): Promise<string> {
  const { teams } = sandbox;
  await player.until('the approval card', () => {
    const found = newestWith(teams, manager.id, 'approve');
    return found !== undefined && textOf(found.card).includes(ticket);
  });
  const answer = await player.press(manager.id, 'approve', { how: 'in-person' });
  const number = lettersOf(answer);
  if (!number || offers(answer, 'show-vouch-code')) throw new Error(`no number was shown:\n${textOf(answer)}`);
  const said = await runAgent(sandbox, workstation, { ...approver, number });
  await player.until('the card that says it is approved', () => {
    const card = newestAbout(teams, manager.id, ticket);
    return card !== undefined && offers(card, 'show-vouch-code');
  });
  return said;
}

/**
 * A rule that asks for the approver's own key: she gets one through Keyvouch first; then a colleague's spare key is
 * approved with it, at her workstation, and his agent checks her signature before anything is written.
 */
export async function stepUp(sandbox: Sandbox, cast: StepUpCast, tell: Tell) {
  const { subject, manager, approver, key, pin } = cast;
  const { teams } = sandbox;
  const player = createPlayer(sandbox);
  const boss = teams.person(manager.id).name;
  const herself = { id: manager.id, upn: approver.upn };
  const first = { subject: herself, manager: approver.boss, key: approver.key, pin: approver.pin };
  await onboardingAtWorkstation(sandbox, first, () => undefined);
  tell(`${boss} gets her own key through Keyvouch, attested, at her own workstation`);

  const before = passkeysOf(sandbox, cast).length;
  await player.say(subject.id, 'spare key');
  const ticket = shortIdIn(textOf(await player.press(subject.id, 'send-request', { reason: 'One for home.' })));
  tell(`${teams.person(subject.id).name} asks for a spare key: ticket ${ticket}`);

  const hers = boss.split(' ')[0]?.toLowerCase() ?? '';
  const signed = await approveWithKey(sandbox, player, cast, ticket, hers);
  mustSay(signed, /Sign your approval for /);
  mustSay(signed, /Your approval is signed/);
  tell(`${boss} presses Approve, reads at her workstation what she signs, and touches her key: now it is approved`);

  const code = await vouchCode(player, manager.id, await player.press(manager.id, 'show-vouch-code'));
  const workstation = await pairWorkstation(sandbox, player, subject);
  await player.say(subject.id, ticket);
  await player.press(subject.id, 'choose-workstation');
  await typeVouchCode(player, cast, code, tell);
  const number = lettersOf(await player.press(subject.id, 'start-job'));
  if (!number) throw new Error('no number for the workstation was shown');
  const said = await runAgent(sandbox, workstation, { key, pin, number });
  mustSay(said, new RegExp(`approved by ${boss} with their security key`));
  mustSay(said, /will remember the key of/);
  tell("The colleague's agent checks her signature by itself, remembers her key, and only then asks for his");
  await ready(sandbox, player, cast, ticket);
  const signedIn = await signInWithKey(sandbox, cast, tell);
  const passkeys = passkeysOf(sandbox, cast).length;
  if (passkeys !== before + 1) throw new Error(`Entra holds ${passkeys} passkeys of the subject, not ${before + 1}`);
  return { ticket, passkeys, signedIn };
}
