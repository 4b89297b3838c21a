import { type Passkey } from '../../operations/passkeys';
import { printable } from '../../operations/printable';
import { decodeCredentialId, encodeBase64Url } from '../../protocol/credential-id';
import { Fault } from '../../protocol/fault';

/** Hexadecimal digits that are always shown; and that must be given, lest a slip of a finger finds something. */
const SHORTEST = { shown: 8, given: 4 };

type Identified = Pick<Passkey, 'credentialId'>;

const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');

/** For each passkey, the shortest beginning of its id in hexadecimal that no other one on the key has. */
export function shortIds(passkeys: readonly Identified[]): string[] {
  const sorted = passkeys.map(({ credentialId }) => hex(credentialId)).sort();
  const shortest = new Map(
    sorted.map((id, at) => {
      const shared = Math.max(...[sorted[at - 1], sorted[at + 1]].map((other) => sharedLength(id, other)));
      return [id, id.slice(0, Math.max(SHORTEST.shown, shared + 1))];
    }),
  );
  return passkeys.map(({ credentialId }) => shortest.get(hex(credentialId)) ?? hex(credentialId));
}

function sharedLength(id: string, other: string | undefined): number {
  let at = 0;
  while (at < id.length && id[at] === other?.[at]) at += 1;
  return at;
}

/**
 * Finds the passkey that is meant: by its whole id (base64url, base64 or hexadecimal), or by the beginning of the
 * hexadecimal one where no other begins like that.
 *
 * @throws Fault `passkey-unknown`, `passkey-ambiguous`
 */
export function findPasskey<T extends Passkey>(passkeys: readonly T[], given: string): T {
  const typed = given.trim();
  const whole = decodeCredentialId(typed).map(hex);
  const prefix = /^[0-9a-f]+$/i.test(typed) && typed.length >= SHORTEST.given ? typed.toLowerCase() : undefined;
  const exact = passkeys.filter(
    ({ credentialId }) => whole.includes(hex(credentialId)) || hex(credentialId) === prefix,
  );
  const found =
    exact.length > 0 || prefix === undefined
      ? exact
      : passkeys.filter(({ credentialId }) => hex(credentialId).startsWith(prefix));
  const [only, another] = found;
  if (!only) throw unknown(typed);
  if (another) throw ambiguous(typed, found);
  return only;
}

/** What `--confirm` may repeat: the whole id. */
export function wholeIds({ credentialId }: Identified): string[] {
  return [encodeBase64Url(credentialId), hex(credentialId)];
}

function unknown(given: string): Fault {
  return new Fault({
    code: 'passkey-unknown',
    say: `There is no passkey "${printable(given, 80)}" on this security key.`,
    todo: `Look with "passkeys list" and give the id from there, at least ${SHORTEST.given} digits of it.`,
  });
}

function ambiguous(given: string, found: readonly Passkey[]): Fault {
  const ids = shortIds(found).slice(0, 5).join(', ');
  return new Fault({
    code: 'passkey-ambiguous',
    say: `The ids of ${found.length} passkeys begin with "${printable(given, 80)}".`,
    todo: `Give more of the id: ${ids}${found.length > 5 ? ', …' : ''}.`,
  });
}
