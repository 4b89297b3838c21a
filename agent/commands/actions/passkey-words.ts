import { type Passkey } from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { encodeBase64Url } from '../../protocol/credential-id';
import { shortIds } from './passkey-id';
import { table } from './rows';

/** What the levels of credProtect mean (CTAP 2.1 §12.1). */
const PROTECTION: Readonly<Record<number, string>> = {
  1: 'PIN optional',
  2: 'PIN unless the site names it',
  3: 'PIN always',
};

/** A passkey as programs get it. */
export function passkeyDocument({ rpId, credentialId, user, credProtect }: Passkey, shortId: string) {
  return {
    site: rpId,
    id: encodeBase64Url(credentialId),
    shortId,
    user: { id: encodeBase64Url(user.id), name: user.name ?? null, displayName: user.displayName ?? null },
    credProtect: credProtect ?? null,
  };
}

/** Passkeys by site, each with who, how it is protected and its short id. */
export function passkeysBySite(passkeys: readonly Passkey[]): string {
  const ids = shortIds(passkeys);
  const lines = passkeys.map((passkey, at) => ({ passkey, line: passkeyLine(passkey, ids[at] ?? '') }));
  const sites = [...new Set(passkeys.map(({ rpId }) => rpId))].sort();
  // One table, so that the columns of all sites stand below each other.
  const ordered = sites.flatMap((site) => lines.filter(({ passkey }) => passkey.rpId === site));
  const drawn = table(ordered.map(({ line }) => line)).split('\n');
  return sites
    .map((site) => {
      const own = drawn.filter((_, at) => ordered[at]?.passkey.rpId === site).map((line) => `  ${line}`);
      return `${printable(site, 200)}\n${own.join('\n')}`;
    })
    .join('\n');
}

function passkeyLine(passkey: Passkey, shortId: string): string[] {
  const { credProtect } = passkey;
  const level = credProtect === undefined ? 'not told' : `${credProtect} (${PROTECTION[credProtect] ?? 'unknown'})`;
  return [shortId, passkeyOwner(passkey), `credProtect ${level}`];
}

/** Whose passkey it is. */
export function passkeyOwner({ user }: Pick<Passkey, 'user'>): string {
  const { name = '', displayName = '' } = user;
  if (name && displayName && name !== displayName) return `${printable(displayName, 40)} (${printable(name, 40)})`;
  return printable(name || displayName || 'nobody named', 80);
}
