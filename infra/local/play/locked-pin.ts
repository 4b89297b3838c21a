import { type Sandbox } from '../sandbox/sandbox';
import { playAtTheKey } from './at-the-key';
import { lockForEver } from './lock-key';
import {
  approveIn,
  type Cast,
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
import { lettersOf, newestWith, offers, textOf } from './reading';

/** Presses what starts a job, and does it at the workstation, until the agent has ended well. */
async function atWorkstation(
  sandbox: Sandbox,
  player: Player,
  { subject, key, pin }: Cast,
  workstation: string,
  verb: 'diagnose' | 'start-job',
): Promise<void> {
  const answer = await player.press(subject.id, verb);
  const number = lettersOf(answer);
  if (!number) throw new Error(`no number for the workstation was shown:\n${textOf(answer)}`);
  const agent = sandbox.agent(workstation, ['run', '--once', '--device', `tcp:127.0.0.1:${key.port}`, '--json-lines']);
  playAtTheKey(agent, { key, pin, number: () => number });
  const exit = await agent.ended;
  const said = () => agent.lines().map(({ text }) => text);
  if (exit !== 0) throw new Error(`the agent ended with ${exit ?? 'a signal'}:\n${said().join('\n')}`);
}

/**
 * Flow 3: the PIN was typed wrong until the key locked for ever. It is looked at, erased with an approval, and set up
 * anew; exactly its passkey goes from the account.
 */
export async function lockedPin(sandbox: Sandbox, cast: Cast, tell: Tell) {
  const player = createPlayer(sandbox);
  const { teams, entra } = sandbox;
  const { subject, manager, key } = cast;
  const [old] = passkeysOf(sandbox, cast);
  if (!old) throw new Error('there is no passkey to be locked out of');
  await lockForEver(key);
  tell('The PIN is typed wrong until the key locks for ever');

  await player.say(subject.id, 'my key is locked');
  const sent = await player.press(subject.id, 'send-request', { reason: 'I typed the PIN of my other card.' });
  const ticket = shortIdIn(textOf(sent));
  tell(`${teams.person(subject.id).name} asks for help with a locked key: ticket ${ticket}`);
  const workstation = await pairWorkstation(sandbox, player, subject);
  tell('The workstation is paired');
  await player.say(subject.id, ticket);
  const early = newestWith(teams, manager.id, 'approve');
  if (early && textOf(early.card).includes(ticket))
    throw new Error('the approver was asked before the look at the key');
  await atWorkstation(sandbox, player, cast, workstation, 'diagnose');
  tell('The agent looks at the key: no PIN, no touch, nothing written; a silent answer shows which passkey is on it');

  const answer = await approveIn(sandbox, player, cast, ticket, tell);
  const code = await vouchCode(player, manager.id, answer);
  tell('Only now the approver was asked, with what the look has found; the code is passed on by voice');
  await player.until('the code to be asked for', () => newestWith(teams, subject.id, 'vouch') !== undefined);
  await typeVouchCode(player, cast, code, tell);
  if (!passkeysOf(sandbox, cast).some(({ id }) => id === old.id)) throw new Error('the passkey went before its key');
  await player.until('the erasing to be offered', () => newestWith(teams, subject.id, 'start-job') !== undefined);
  await atWorkstation(sandbox, player, cast, workstation, 'start-job');
  tell('At the workstation: unplugged, plugged in, touched within seconds. The key is erased');
  await player.until('the old passkey to go', () => !passkeysOf(sandbox, cast).some(({ id }) => id === old.id), 60_000);
  tell('Exactly its passkey goes from the account, and nothing else; nobody is signed out for that');
  await player.until('the setting up to be offered', () => {
    const found = newestWith(teams, subject.id, 'start-job');
    return found !== undefined && offers(found.card, 'start-job');
  });
  await atWorkstation(sandbox, player, cast, workstation, 'start-job');
  await ready(sandbox, player, cast, ticket);
  tell('A new PIN, a new passkey: all cards say that the key is ready');
  const revoked = entra
    .effects()
    .some(({ path, url }) => path.endsWith('/revokeSignInSessions') && url.includes(subject.id));
  if (revoked) throw new Error('sessions were ended for a key that never left its owner');
  const signedIn = await signInWithKey(sandbox, cast, tell);
  const passkeys = passkeysOf(sandbox, cast);
  return { ticket, removed: old.id, passkeys: passkeys.length, signedIn };
}
