import type { KeyProfile } from '../key/index';
import { BLOB, type Scene } from './scene';
import { expectEqual, type Look, type Step } from './step';

const has = ({ maxLargeBlobs }: KeyProfile): boolean => maxLargeBlobs !== undefined;

const reads = (wanted: Buffer | undefined): Look => ({
  operation: wanted === undefined ? 'read no large blob' : 'read large blob',
  look: ({ readBlob }, { pin, blobPasskey }: Scene) =>
    readBlob &&
    (async () => {
      // A tool that rejects where there is nothing has said so too.
      const found = await (wanted === undefined
        ? readBlob(pin, blobPasskey).catch(() => undefined)
        : readBlob(pin, blobPasskey));
      expectEqual(found?.toString('utf8'), wanted?.toString('utf8'), 'blob');
    }),
});

const register: Step = {
  operation: 'register with a large-blob key',
  has,
  write: ({ register: make }, scene) =>
    make &&
    (async () => {
      const { rpId } = scene.blobPasskey;
      const userId = Buffer.from('blob');
      const made = await make(scene.pin, { rpId, userId, userName: 'blob', largeBlob: true });
      scene.blobPasskey = { rpId, id: made.id };
    }),
  looks: [],
};

const write: Step = {
  operation: 'write large blob',
  has,
  write: ({ writeBlob }, { pin, blobPasskey }) => writeBlob && (() => writeBlob(pin, blobPasskey, BLOB)),
  looks: [reads(BLOB)],
};

const remove: Step = {
  operation: 'remove large blob',
  has,
  write: ({ removeBlob }, { pin, blobPasskey }) => removeBlob && (() => removeBlob(pin, blobPasskey)),
  looks: [reads(undefined)],
};

export const blobSteps: readonly Step[] = [register, write, remove];
