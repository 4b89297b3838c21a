import { Secret } from '../../../agent/protocol/secret';
import { type CardJson } from '../teams';
import { type VirtualKey } from '../key';
import { type Sandbox } from '../sandbox/sandbox';
import {
  addKeyWithPass,
  approveIn,
  askAndApprove,
  type Cast,
  ready,
  shortIdIn,
  showPass,
  signInWithKey,
  type Tell,
  typeVouchCode,
} from './onboarding';
import { createPlayer, type Player } from './player';
import { findInput, newestWith, textOf } from './reading';

/** The keys that a form offers. */
function keysOffered(form: CardJson | undefined): { title: string; value: string }[] {
  const input = form && findInput(form, 'passkeys');
  return Array.isArray(input?.['choices']) ? (input['choices'] as { title: string; value: string }[]) : [];
}

function refusesKey(sandbox: Sandbox, subject: Cast['subject'], key: VirtualKey, pin: string) {
  const device = `tcp:127.0.0.1:${key.port}`;
  return sandbox.entra.signInWithKey(subject.upn, { device, pin: new Secret(pin) });
}

async function mustBeRefused(sandbox: Sandbox, cast: Cast, key: VirtualKey, tell: Tell, what: string): Promise<void> {
  const result = await refusesKey(sandbox, cast.subject, key, cast.pin);
  if (result.ok) throw new Error(`${what} still signs in`);
  tell(`${what} is tried once more, and Entra refuses it`);
}

const alive = (sandbox: Sandbox, { subject }: Cast) =>
  sandbox.entra.view(subject.id).passkeys.filter((passkey) => passkey.alive);

async function gone(sandbox: Sandbox, player: Player, cast: Cast, methodId: string): Promise<void> {
  await player.until('the old key to go', () => !alive(sandbox, cast).some(({ id }) => id === methodId), 60_000);
}

/** Flow 2: the only key is lost. A pass is the way back in; the old key goes, and all sessions end. */
export async function lostKey(sandbox: Sandbox, cast: Cast & { lost: VirtualKey }, tell: Tell) {
  const player = createPlayer(sandbox);
  const { subject, lost } = cast;
  await player.say(subject.id, 'i lost my key');
  const form = newestWith(sandbox.teams, subject.id, 'send-request')?.card;
  const [key] = keysOffered(form);
  if (!key) throw new Error('the form offers no key');
  const asking = {
    words: 'i lost my key',
    what: `help, because a key is lost (${key.title})`,
    inputs: { reason: 'I left it on the train.', passkeys: key.value },
  };
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell, asking);
  await player.press(subject.id, 'choose-pass');
  await typeVouchCode(player, cast, code, tell);
  const pass = await showPass(player, cast, tell);
  await gone(sandbox, player, cast, key.value);
  // Whoever signs in before that would have to sign in again.
  await player.until('all sessions to end', () =>
    sandbox.entra.effects().some(({ path, url }) => path.endsWith('/revokeSignInSessions') && url.includes(subject.id)),
  );
  tell('With the new way in there, the lost key goes from the account, then everything is signed out');
  await mustBeRefused(sandbox, cast, lost, tell, 'The lost key');
  await addKeyWithPass(sandbox, cast, pass, tell);
  await ready(sandbox, player, cast, ticket);
  tell('All cards say that the new key is ready');
  const signedIn = await signInWithKey(sandbox, cast, tell);
  return { ticket, removed: 1, passkeys: alive(sandbox, cast).length, signedIn };
}

/** Flow 4: a second key, by a pass, for one who has a strong method. */
export async function spareKey(sandbox: Sandbox, cast: Cast, tell: Tell) {
  const player = createPlayer(sandbox);
  const before = alive(sandbox, cast).length;
  const asking = { words: 'spare key', what: 'a spare key', inputs: { reason: 'One for home.' } };
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell, asking);
  await player.press(cast.subject.id, 'choose-pass');
  await typeVouchCode(player, cast, code, tell);
  await addKeyWithPass(sandbox, cast, await showPass(player, cast, tell), tell);
  await ready(sandbox, player, cast, ticket);
  tell('All cards say that the key is ready');
  const signedIn = await signInWithKey(sandbox, cast, tell);
  const passkeys = alive(sandbox, cast).length;
  if (passkeys !== before + 1) throw new Error(`Entra holds ${passkeys} passkeys of the subject, not ${before + 1}`);
  return { ticket, passkeys, signedIn };
}

/** Flow 5: a pass and nothing else, ended by the person. */
export async function passOnly(sandbox: Sandbox, cast: Cast, tell: Tell) {
  const player = createPlayer(sandbox);
  const { entra } = sandbox;
  const { subject } = cast;
  const asking = { words: 'temporary pass', what: 'a temporary pass', inputs: { reason: 'My phone is new.' } };
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell, asking);
  await typeVouchCode(player, cast, code, tell);
  const pass = await showPass(player, cast, tell);
  if (!entra.signInWithPass(subject.upn, pass).ok) throw new Error('the pass does not sign in');
  tell('The pass signs in');
  await player.press(subject.id, 'finish');
  await player.until('the pass to be deleted', () => !entra.view(subject.id).passes.some((one) => one.alive), 30_000);
  if (entra.signInWithPass(subject.upn, pass).ok) throw new Error('the ended pass still signs in');
  tell('It is said to be needed no more: it is deleted, and signs in no longer');
  return { ticket, passLiveAfter: false };
}

/** Flow 6: the helpdesk takes the keys of a leaver back; the manager approves. */
export async function returnKey(sandbox: Sandbox, cast: Cast & { helpdesk: { id: string } }, tell: Tell) {
  const player = createPlayer(sandbox);
  const { teams } = sandbox;
  const { subject, helpdesk, key } = cast;
  await player.say(helpdesk.id, 'hi');
  await player.press(helpdesk.id, 'ask-other');
  const about = { what: 'return-key', person: subject.upn, reason: 'Leaves today.' };
  const form = await player.press(helpdesk.id, 'send-request', about);
  if (keysOffered(form).length === 0) throw new Error(`the form offers no key:\n${textOf(form)}`);
  const sent = await player.press(helpdesk.id, 'send-request', {
    ...about,
    passkeys: keysOffered(form)
      .map(({ value }) => value)
      .join(','),
  });
  const ticket = shortIdIn(textOf(sent));
  tell(`${teams.person(helpdesk.id).name} asks to take the keys of ${teams.person(subject.id).name} back: ${ticket}`);
  await approveIn(sandbox, player, cast, ticket, tell);
  await player.until('all keys to go', () => alive(sandbox, cast).length === 0, 60_000);
  tell('All keys go from the account, then everything is signed out');
  await mustBeRefused(sandbox, cast, key, tell, 'The returned key');
  return { ticket, passkeys: 0 };
}
