import { type Key } from '../../operations/key';
import {
  deletePasskey,
  listPasskeys,
  type Passkey,
  refuseUnlessRenamable,
  renamePasskey,
} from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { type Dialogue } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type PasskeyDeleteOptions, type PasskeyListOptions, type PasskeyRenameOptions } from '../passkeys';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agree } from './agree';
import { findPasskey, shortIds, wholeIds } from './passkey-id';
import { passkeyDocument, passkeyOwner, passkeysBySite } from './passkey-words';
import { withKey } from './with-key';

/** Lists the passkeys by site. */
export function list(options: PasskeyListOptions, session: Session): Promise<Outcome<'passkeys list'>> {
  return withKey(options, session, async (key, dialogue) => {
    const all = await listPasskeys(key, dialogue);
    const ids = shortIds(all);
    const wanted = options.site?.toLowerCase();
    const shown = all.filter(({ rpId }) => wanted === undefined || rpId.toLowerCase() === wanted);
    const roomLeft = (await key.refresh()).remainingDiscoverableCredentials ?? null;
    return {
      document: {
        passkeys: shown.map((passkey) => passkeyDocument(passkey, ids[all.indexOf(passkey)] ?? '')),
        roomLeft,
      },
      text: listed(shown, all, options.site, roomLeft),
    };
  });
}

function listed(shown: readonly Passkey[], all: readonly Passkey[], site: string | undefined, roomLeft: number | null) {
  if (all.length === 0) return 'There are no passkeys on this security key.';
  if (shown.length === 0) {
    const sites = [...new Set(all.map(({ rpId }) => printable(rpId, 80)))].sort();
    return `There is no passkey of ${printable(site ?? '', 80)} on this security key; there are some of ${sites.join(', ')}.`;
  }
  const room = roomLeft === null ? '' : `; room for ${roomLeft} more`;
  const of = site === undefined ? '' : ` of ${printable(site, 80)}`;
  const count = `${shown.length} ${shown.length === 1 ? 'passkey' : 'passkeys'}${of}${room}`;
  return `${passkeysBySite(shown)}\n\n${count}. Dates are unknown: keys do not keep any.`;
}

/** Deletes one passkey, after a yes. */
export function remove(
  id: string,
  options: PasskeyDeleteOptions,
  session: Session,
): Promise<Outcome<'passkeys delete'>> {
  return withKey(options, session, async (key, dialogue) => {
    const { passkey, shortId } = await chosen(id, key, dialogue, session);
    const who = `${passkeyOwner(passkey)} at ${printable(passkey.rpId, 120)}`;
    const question = `Delete the passkey ${shortId} of ${who} for ever? Whoever signs in with it needs another way.`;
    await agree(session, { question, proofs: wholeIds(passkey), given: options.confirm });
    await deletePasskey(key, passkey.credentialId, dialogue);
    return {
      document: { deleted: passkeyDocument(passkey, shortId) },
      text: `Deleted the passkey of ${who}. The site still lists it: remove it in the account there too.`,
    };
  });
}

/** Renames the user of one passkey. */
export function rename(
  id: string,
  options: PasskeyRenameOptions,
  session: Session,
): Promise<Outcome<'passkeys rename'>> {
  const { name, displayName } = options;
  if (name === undefined && displayName === undefined) throw noName();
  return withKey(options, session, async (key, dialogue) => {
    refuseUnlessRenamable(key);
    const { passkey, shortId } = await chosen(id, key, dialogue, session);
    const renamed = await renamePasskey(key, passkey.credentialId, { name, displayName }, dialogue);
    const cut = [
      [name, renamed.user.name],
      [displayName, renamed.user.displayName],
    ].some(([asked, kept]) => asked !== undefined && asked !== (kept ?? ''));
    if (cut) session.prompts.say('The key keeps less than that name: it was cut.');
    return {
      document: { renamed: passkeyDocument(renamed, shortId) },
      text: `The passkey ${shortId} is now that of ${passkeyOwner(renamed)} at ${printable(renamed.rpId, 120)}.`,
    };
  });
}

async function chosen(id: string, key: Key, dialogue: Dialogue, session: Session) {
  const all = await listPasskeys(key, dialogue);
  session.pinWasRight();
  const passkey = findPasskey(all, id);
  return { passkey, shortId: shortIds(all)[all.indexOf(passkey)] ?? '' };
}

function noName(): Fault {
  return new Fault({
    code: 'usage',
    say: 'No new name was given.',
    todo: 'Add --name, --display-name, or both.',
  });
}
