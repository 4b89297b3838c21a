import { Secret } from '../../../agent/protocol/secret';
import { type VirtualKey } from '../key';
import { type Sandbox } from '../sandbox/sandbox';
import {
  addKeyWithPass,
  askAndApprove,
  type Cast,
  mustSucceed,
  showPass,
  type Tell,
  typeVouchCode,
} from './onboarding';
import { createPlayer, type Player } from './player';
import { newestAbout, standingOn } from './reading';

interface NotMeCast extends Cast {
  /** The subject's own key; `key` is the thief's. */
  own: VirtualKey;
  /** Two of the helpdesk. */
  helpdesk: readonly [{ id: string }, { id: string }];
  manager: { id: string; upn: string };
}

function signIn(sandbox: Sandbox, { subject, pin }: Cast, key: VirtualKey) {
  return sandbox.entra.signInWithKey(subject.upn, { device: `tcp:127.0.0.1:${key.port}`, pin: new Secret(pin) });
}

/** The link in the newest mail to somebody about a ticket. */
async function linkTo(sandbox: Sandbox, player: Player, address: string, ticket: string): Promise<string> {
  const mail = await player.until('the mail', () =>
    sandbox.entra.mails().findLast(({ to, subject }) => to.includes(address) && subject.includes(ticket)),
  );
  const link = /href="([^"]+)"/.exec(mail.body)?.[1];
  if (!link) throw new Error(`no link in the mail:\n${mail.body}`);
  return link;
}

async function open(link: string, method: 'GET' | 'POST'): Promise<string> {
  const reply = await fetch(link, { method });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} of the link was answered by ${reply.status}:\n${text}`);
  return text;
}

/**
 * A thief has the subject's chat and talks the manager into a pass. The manager hears of it by mail as well, asks the
 * subject, and stops it: what the thief got is dead, what the subject had stays.
 */
export async function notMe(sandbox: Sandbox, cast: NotMeCast, tell: Tell) {
  const player = createPlayer(sandbox);
  const { entra, teams } = sandbox;
  const { subject, manager, own, key, helpdesk } = cast;
  const asking = { words: 'temporary pass', what: 'a temporary pass', inputs: { reason: 'My phone is broken.' } };
  const { ticket, code } = await askAndApprove(sandbox, player, cast, tell, asking);
  await typeVouchCode(player, cast, code, tell);
  const pass = await showPass(player, cast, tell);
  await addKeyWithPass(sandbox, cast, pass, tell);
  mustSucceed(await signIn(sandbox, cast, key), 'the thief’s sign-in');
  tell('The thief adds a key of their own with it, and signs in');

  const link = await linkTo(sandbox, player, manager.upn, ticket);
  tell(`${teams.person(manager.id).name} has a mail about it, with one link`);
  await open(link, 'GET');
  await open(link, 'GET');
  mustSucceed(await signIn(sandbox, cast, key), 'the sign-in after the link was only opened');
  tell('A mail scanner opens the link: nothing happens');

  await open(link, 'POST');
  await player.until('the pass to die', () => !entra.view(subject.id).passes.some(({ alive }) => alive), 30_000);
  await player.until('the thief’s key to go', async () => !(await signIn(sandbox, cast, key)).ok, 30_000);
  if (entra.signInWithPass(subject.upn, pass).ok) throw new Error('the pass still signs in');
  tell('The page’s button is pressed: the pass is dead, and the thief’s key is refused at sign-in');
  mustSucceed(await signIn(sandbox, cast, own), 'the sign-in with the subject’s own key');
  tell(`The own key of ${teams.person(subject.id).name} still signs in`);

  for (const { id } of helpdesk) {
    await player.press(id, 'thaw');
    tell(`${teams.person(id).name} of the helpdesk has looked into it`);
  }
  await player.until('the card that says it is closed', () => {
    const card = newestAbout(teams, subject.id, ticket);
    return card !== undefined && standingOn(card) === 'cancelled';
  });
  tell('The ticket is closed: it took two of them');
  return {
    ticket,
    passLiveAfter: false,
    passkeys: entra.view(subject.id).passkeys.filter(({ alive }) => alive).length,
  };
}
