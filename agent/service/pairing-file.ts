import { join } from 'node:path';
import { z } from 'zod';
import { PinnedKey } from './pinned-keys';
import { readPrivate, removePrivate, writePrivate } from './private-file';

/** By an approver's id: RFC 7638 thumbprints of the keys with which they have signed approvals, the newest last. */
const KnownApprovers = z.record(z.array(z.string()));
export type KnownApprovers = z.infer<typeof KnownApprovers>;

/** What the agent knows of the service that it is paired with. */
export const Pairing = z.object({
  service: z.string(),
  /** The workstation's id. */
  workstation: z.string(),
  name: z.string(),
  /** Whose pairing code it was. */
  person: z.string(),
  kind: z.enum(['own', 'desk']),
  /** Of no use before the person has confirmed in the chat. */
  state: z.enum(['pairing', 'active']),
  /** Of the key that signs for this workstation. */
  thumbprint: z.string(),
  /** Of the key that is about to take its place, from before the service hears of it until it has signed. */
  next: z.string().optional(),
  /** Since when the present key signs; undefined: since the pairing. */
  keySince: z.string().optional(),
  /** The service's keys that this workstation trusts. */
  pinned: z.array(PinnedKey).min(1),
  approvers: KnownApprovers.optional(),
  pairedAt: z.string(),
});
export type Pairing = z.infer<typeof Pairing>;

const PairingFile = z.object({
  /** The service that was spoken with last. */
  service: z.string().optional(),
  /** A key that was made for a pairing whose reply has not come yet. */
  candidate: z.string().optional(),
  pairing: Pairing.optional(),
});
export type PairingFile = z.infer<typeof PairingFile>;

export interface PairingStore {
  read(): Promise<PairingFile>;
  write(file: PairingFile): Promise<void>;
  remove(): Promise<void>;
}

/** Pairing and pinned keys change together, in one file, so that a crash leaves either the old or the new. */
export function pairingStore(directory: string): PairingStore {
  const path = join(directory, 'pairing.json');
  return {
    read: async () => (await readPrivate(path, PairingFile)) ?? {},
    write: (file) => writePrivate(path, file),
    remove: () => removePrivate(path),
  };
}
