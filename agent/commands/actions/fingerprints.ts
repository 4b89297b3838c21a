import {
  addFingerprint,
  type Fingerprint,
  fingerprintSensor,
  listFingerprints,
  removeFingerprint,
  renameFingerprint,
} from '../../operations/fingerprints';
import { type Key } from '../../operations/key';
import { printable } from '../../operations/printable';
import { type Dialogue } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type FingerprintAddOptions, type FingerprintRemoveOptions } from '../fingerprints';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agree } from './agree';
import { table } from './rows';
import { withKey } from './with-key';

/** Lists what is enrolled. */
export function list(options: KeyOptions, session: Session): Promise<Outcome<'fingerprints list'>> {
  return withKey(options, session, async (key, dialogue) => {
    const { kind, samples, nameBytes } = await fingerprintSensor(key);
    const fingerprints = await listFingerprints(key, dialogue);
    return {
      document: {
        fingerprints: fingerprints.map(forPrograms),
        sensor: { kind, samples: samples ?? null, nameBytes: nameBytes ?? null },
      },
      text:
        fingerprints.length === 0
          ? 'No fingerprint is enrolled on this security key.'
          : table(fingerprints.map(({ id, name }) => [hex(id), name ?? 'without a name'])),
    };
  });
}

/** Enrols a finger. */
export function add(options: FingerprintAddOptions, session: Session): Promise<Outcome<'fingerprints add'>> {
  return withKey(options, session, async (key, dialogue) => {
    const added = await addFingerprint(key, { name: options.name, ...dialogue });
    return { document: { added: forPrograms(added) }, text: `The new fingerprint is ${called(added)}.` };
  });
}

/** Gives a fingerprint another name. */
export function rename(
  { which, name }: { which: string; name: string },
  options: KeyOptions,
  session: Session,
): Promise<Outcome<'fingerprints rename'>> {
  return withKey(options, session, async (key, dialogue) => {
    const { id } = await chosen(which, key, dialogue, session);
    await renameFingerprint(key, id, name, dialogue);
    const renamed = { id, name };
    return { document: { renamed: forPrograms(renamed) }, text: `The fingerprint is now ${called(renamed)}.` };
  });
}

/** Removes a fingerprint, after a yes. */
export function remove(
  which: string,
  options: FingerprintRemoveOptions,
  session: Session,
): Promise<Outcome<'fingerprints remove'>> {
  return withKey(options, session, async (key, dialogue) => {
    const removed = await chosen(which, key, dialogue, session);
    const { id, name } = removed;
    await agree(session, {
      question: `Remove the fingerprint ${called(removed)} from the key? The finger can be enrolled again.`,
      proofs: [hex(id), ...(name === undefined ? [] : [name])],
      given: options.confirm,
    });
    await removeFingerprint(key, id, dialogue);
    return { document: { removed: forPrograms(removed) }, text: `The fingerprint ${called(removed)} is removed.` };
  });
}

/** The one that is meant, by its id or, where no other is called so, by its name. */
async function chosen(which: string, key: Key, dialogue: Dialogue, session: Session): Promise<Fingerprint> {
  const all = await listFingerprints(key, dialogue);
  session.pinWasRight();
  const byId = all.filter(({ id }) => hex(id) === which.toLowerCase());
  const found = byId.length > 0 ? byId : all.filter(({ name }) => name !== undefined && name === which);
  const [only, another] = found;
  if (only && !another) return only;
  const what = printable(which, 80);
  throw new Fault({
    code: only ? 'fingerprint-ambiguous' : 'fingerprint-unknown',
    say: only
      ? `Several fingerprints are called "${what}".`
      : `There is no fingerprint "${what}" on this security key.`,
    todo: `Give one of these ids: ${all.map(({ id }) => hex(id)).join(', ') || 'none is enrolled'}.`,
  });
}

const hex = (id: Uint8Array) => Buffer.from(id).toString('hex');

function forPrograms({ id, name }: Fingerprint) {
  return { id: hex(id), name: name ?? null };
}

function called({ id, name }: Fingerprint): string {
  return name === undefined ? hex(id) : `"${printable(name, 80)}" (${hex(id)})`;
}
