import { Secret } from '../../../agent/protocol/secret';
import { people, type SignInResult } from '../entra';
import { type VirtualKey } from '../key';
import { type Sandbox } from '../sandbox/sandbox';
import { setPinOf } from './key-pin';
import { pairWorkstation } from './pair-workstation';
import { createPlayer, expectCard, type Player, type PlayerOptions } from './player';
import { lettersOf, newestWith, offers, textOf } from './reading';

/** One line of the story, told when it has happened. */
export type Tell = (step: string) => void;

export interface Story {
  ticket: string;
  passkey: { aaguid: string; model: string; signedIn: boolean };
}

export interface PassStory extends Story {
  passShownTo: 'subject' | 'hander';
  /** Whether a pass was still alive when all was done. */
  passLiveAfter: boolean;
}

export interface Cast {
  /** Whose key it is. */
  subject: { id: string; upn: string };
  /** Who approves. */
  manager: { id: string };
  key: VirtualKey;
  pin: string;
}

export const ADA: Omit<Cast, 'key'> = { subject: people.ada, manager: people.mara, pin: '271828' };

const SHORT_ID = /KV-[0-9A-Z]{4}-[0-9A-Z]{2}/;

export function shortIdIn(text: string): string {
  const found = SHORT_ID.exec(text)?.[0];
  if (!found) throw new Error(`no ticket number in:\n${text}`);
  return found;
}

/** A ticket that was approved, and the code that its approver passes on by voice. */
export interface Approved {
  ticket: string;
  code: string;
}

/** What is asked for: the words that bring the form, and what is filled in. */
export interface Asking {
  words: string;
  what: string;
  inputs: Readonly<Record<string, unknown>>;
}

const FIRST_KEY: Asking = {
  words: 'security key',
  what: 'a security key',
  inputs: { reason: 'My first day: I need a key to sign in.' },
};

/** The manager decides on a ticket in her own chat. @returns the card that answers her */
export async function approveIn(sandbox: Sandbox, player: Player, cast: Cast, ticket: string, tell: Tell) {
  const { teams } = sandbox;
  const { subject, manager } = cast;
  const boss = teams.person(manager.id).name;
  await player.until(`the approval card for ${boss}`, () => {
    const found = newestWith(teams, manager.id, 'approve');
    return found !== undefined && textOf(found.card).includes(ticket);
  });
  tell(`${boss} gets the approval card, in a chat of their own`);
  const answer = await player.press(manager.id, 'approve', { how: 'video' });
  tell(`${boss} has seen ${teams.person(subject.id).name} on video, and approves`);
  return answer;
}

/** Asking, approving and vouching: the same on every way. */
export async function askAndApprove(
  sandbox: Sandbox,
  player: Player,
  cast: Cast,
  tell: Tell,
  asking: Asking = FIRST_KEY,
): Promise<Approved> {
  const { teams } = sandbox;
  const { subject, manager } = cast;
  await player.say(subject.id, asking.words);
  const sent = await player.press(subject.id, 'send-request', asking.inputs);
  const ticket = shortIdIn(textOf(sent));
  tell(`${teams.person(subject.id).name} asks for ${asking.what}: ticket ${ticket}`);
  const code = await vouchCode(player, manager.id, await approveIn(sandbox, player, cast, ticket, tell));
  tell('The approver is shown the vouch code, and passes it on by voice');
  const next = asking.words === 'temporary pass' ? 'vouch' : 'choose-pass';
  await player.until('the next step', () => newestWith(teams, subject.id, next) !== undefined);
  return { ticket, code };
}

/** The code that the answer to an approval shows, or that is shown when asked for. */
export async function vouchCode(
  player: Player,
  manager: string,
  answer: Parameters<typeof lettersOf>[0],
): Promise<string> {
  const shown = lettersOf(answer) ?? lettersOf(await player.press(manager, 'show-vouch-code'));
  if (!shown) throw new Error('no vouch code was shown to the approver');
  return shown.replace(/\s/g, '');
}

/** The subject types the code that the approver has told them. */
export async function typeVouchCode(player: Player, cast: Cast, code: string, tell: Tell): Promise<void> {
  const answer = await player.press(cast.subject.id, 'vouch', { code });
  expectCard(answer, 'the code to be accepted', (card) => !offers(card, 'vouch'));
  tell('The vouch code, passed on by voice, is typed and accepted');
}

export function mustSucceed(result: SignInResult, what: string): void {
  if (!result.ok) throw new Error(`${what} was refused: ${result.reason}`);
}

/** A sign-in as a browser does it: a real assertion by this client, checked against the public key that Entra holds. */
export async function signInWithKey(sandbox: Sandbox, cast: Cast, tell: Tell): Promise<boolean> {
  const key = { device: `tcp:127.0.0.1:${cast.key.port}`, pin: new Secret(cast.pin) };
  const result = await sandbox.entra.signInWithKey(cast.subject.upn, key);
  mustSucceed(result, 'the sign-in with the new key');
  tell('A browser signs in with the new key, and Entra verifies the assertion');
  return result.ok;
}

/** The passkeys that the account has now. */
export function passkeysOf(sandbox: Sandbox, { subject }: Cast) {
  return sandbox.entra.view(subject.id).passkeys.filter((passkey) => passkey.alive);
}

function passkeyIn(sandbox: Sandbox, cast: Cast): { aaguid: string; model: string } {
  const alive = passkeysOf(sandbox, cast);
  const [passkey] = alive;
  if (!passkey || alive.length !== 1) throw new Error(`Entra holds ${alive.length} passkeys of the subject, not one`);
  return { aaguid: passkey.aaGuid, model: passkey.model ?? '' };
}

export async function ready(sandbox: Sandbox, player: Player, cast: Cast, ticket: string): Promise<void> {
  await player.until(
    'the card that says the key is ready',
    () => {
      const chat = sandbox.teams.chat(cast.subject.id);
      return (
        chat.some(({ card }) => card !== undefined && textOf(card).includes(ticket) && offers(card, 'signed-in')) ||
        undefined
      );
    },
    60_000,
  );
}

/** @returns the pass, as it was shown in the one reply */
export async function showPass(player: Player, { subject }: Cast, tell: Tell): Promise<string> {
  await player.press(subject.id, 'prepare-show');
  const shown = await player.press(subject.id, 'show');
  const pass = lettersOf(shown);
  if (!pass) throw new Error(`no pass was shown:\n${textOf(shown)}`);
  tell('The pass is made and shown, in the one reply to that click');
  return pass;
}

/** Adds the key of the cast to the account, as a person does it in the browser. */
export async function addKeyWithPass({ entra }: Sandbox, cast: Cast, pass: string, tell: Tell): Promise<void> {
  const { subject, key, pin } = cast;
  const session = entra.signInWithPass(subject.upn, pass);
  mustSucceed(session, 'the sign-in with the pass');
  if (!session.ok || !session.session) throw new Error('the pass gave no session for Security info');
  tell('The pass signs in at Security info');
  const device = `tcp:127.0.0.1:${key.port}`;
  await setPinOf(device, new Secret(pin));
  const added = await entra.registerAtSecurityInfo(subject.upn, session.session, { device, pin: new Secret(pin) });
  if (!added.ok) throw new Error('Security info refused the key');
  tell('The key is added there');
}

/** Flow 1 by a pass: shown once, used at Security info, deleted when the passkey has appeared. */
export async function onboardingByPass(
  sandbox: Sandbox,
  cast: Cast,
  tell: Tell,
  options: PlayerOptions = {},
): Promise<PassStory> {
  const player = createPlayer(sandbox, options);
  const { entra } = sandbox;
  const { subject } = cast;
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell);
  await player.press(subject.id, 'choose-pass');
  await typeVouchCode(player, cast, code, tell);
  await addKeyWithPass(sandbox, cast, await showPass(player, cast, tell), tell);
  await ready(sandbox, player, cast, ticket);
  await player.until('the pass to be deleted', () => !entra.view(subject.id).passes.some(({ alive }) => alive), 60_000);
  tell('Keyvouch has seen the new passkey, told everybody, and deleted the pass');
  const signedIn = await signInWithKey(sandbox, cast, tell);
  const passLiveAfter = entra.view(subject.id).passes.some(({ alive }) => alive);
  return { ticket, passShownTo: 'subject', passLiveAfter, passkey: { ...passkeyIn(sandbox, cast), signedIn } };
}

/** Flow 1 at the person's own workstation: no pass is shown to anyone. */
export async function onboardingAtWorkstation(
  sandbox: Sandbox,
  cast: Cast,
  tell: Tell,
  options: PlayerOptions = {},
): Promise<Story> {
  const player = createPlayer(sandbox, options);
  const { subject, key, pin } = cast;
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell);
  const workstation = await pairWorkstation(sandbox, player, subject);
  tell('The workstation is paired: its words were compared and confirmed in the chat');

  await player.say(subject.id, ticket);
  await player.press(subject.id, 'choose-workstation');
  await typeVouchCode(player, cast, code, tell);
  const started = await player.press(subject.id, 'start-job');
  const number = lettersOf(started);
  if (!number) throw new Error(`no number for the workstation was shown:\n${textOf(started)}`);
  tell('The chat shows a number; the job, signed by the service, waits at the workstation');

  const agent = sandbox.agent(workstation, ['run', '--once', '--device', `tcp:127.0.0.1:${key.port}`, '--json-lines']);
  await agent.waitFor(/"need-number"/, 30_000);
  agent.write(number);
  await agent.waitFor(/"need-pin"/, 30_000);
  agent.write(pin);
  agent.write(pin);
  tell('At the workstation the number is typed, and a PIN is set on the new key');
  await agent.waitFor(/"registered"/, 60_000);
  tell('The key is touched; the agent makes the credential, the service verifies it, Entra takes it');
  const exit = await agent.ended;
  if (exit !== 0)
    throw new Error(
      `the agent ended with ${exit ?? 'a signal'}:\n${agent
        .lines()
        .map(({ text }) => text)
        .join('\n')}`,
    );
  await ready(sandbox, player, cast, ticket);
  tell('All cards say that the key is ready');
  const signedIn = await signInWithKey(sandbox, cast, tell);
  return { ticket, passkey: { ...passkeyIn(sandbox, cast), signedIn } };
}
