import type { KeyProfile } from '../key/index';
import { expectEqual, type Look, type Step } from './step';

const has = ({ fingerprint }: KeyProfile): boolean => fingerprint !== undefined;

/** Lists what is enrolled; the id is kept for the steps that follow. */
function listed(names: readonly string[] | undefined, count = names?.length ?? 0): Look {
  return {
    operation: count === 0 ? 'list no fingerprint' : 'list fingerprints',
    look: ({ fingerprints }, scene) =>
      fingerprints &&
      (async () => {
        const found = await fingerprints(scene.pin);
        expectEqual(found.length, count, 'fingerprints');
        if (names !== undefined) expectEqual(found.map(({ name }) => name).sort(), [...names].sort(), 'names');
        scene.fingerId = found[0]?.id ?? scene.fingerId;
      }),
  };
}

const enrol: Step = {
  operation: 'enrol fingerprint',
  has,
  write: ({ enrol: take }, { pin }) => take && (() => take(pin, 'left thumb')),
  // Not every tool gives a name while it enrols.
  looks: [listed(undefined, 1)],
};

const rename: Step = {
  operation: 'rename fingerprint',
  has,
  write: ({ renameFingerprint }, { pin, fingerId }) =>
    renameFingerprint && (() => renameFingerprint(pin, fingerId, 'right index')),
  looks: [listed(['right index'])],
};

const remove: Step = {
  operation: 'remove fingerprint',
  has,
  write: ({ removeFingerprint }, { pin, fingerId }) => removeFingerprint && (() => removeFingerprint(pin, fingerId)),
  looks: [listed([])],
};

export const fingerSteps: readonly Step[] = [enrol, rename, remove];
