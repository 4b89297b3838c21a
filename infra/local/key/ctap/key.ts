import type { Attestation } from '../attestation';
import type { CborMap } from '../cbor/types';
import type { Credential, Credentials } from '../credentials';
import type { FingerSample } from '../finger';
import type { PinGate } from '../pin/gate';
import type { PinUvAuthProtocol } from '../pin/protocol';
import type { Token } from '../pin/token';
import type { KeyProfile } from '../profile';
import type { Store } from '../store';

/** The parts of a key that its commands work with. Protocols and token are volatile: a power cut makes them anew. */
export interface Key {
  readonly profile: KeyProfile;
  readonly store: Store;
  readonly credentials: Credentials;
  readonly attestation: Attestation;
  readonly protocols: ReadonlyMap<number, PinUvAuthProtocol>;
  readonly token: Token;
  readonly pin: PinGate;
  readonly now: () => number;
  /** When power came, in milliseconds of `now`. */
  readonly poweredAt: number;
  readonly pending: Pending;
}

/** What was begun and may go on for several commands. Volatile. */
export interface Pending {
  /** The fingerprint that is being enrolled, and how many good samples it still wants. */
  enrollment: { readonly templateId: Buffer; remaining: number } | undefined;
  /** The large-blob array that is being written: what came of it so far, and how long it will be. */
  largeBlobs: { readonly length: number; written: Buffer } | undefined;
}

export function nothingPending(): Pending {
  return { enrollment: undefined, largeBlobs: undefined };
}

/** What a stateful command left for its "next": any other command in between throws it away (CTAP 2.1 §6). */
export type Continuation =
  | { readonly kind: 'assertion'; readonly since: number; next(): CborMap | undefined }
  | { readonly kind: 'rps'; readonly rest: readonly Credential[] }
  | { readonly kind: 'credentials'; readonly rest: readonly Credential[] };

/** The hands of a person, as one command sees them. The host sees keepalives with status 2 meanwhile. */
export interface Person {
  /** Waits for a touch; with `forMs` for one that lasts as long. */
  touch(forMs?: number): Promise<void>;
  /** Waits for a finger on the reader; undefined if none comes in time. */
  finger(timeoutMs?: number): Promise<FingerSample | undefined>;
}

/** One command being carried out. */
export interface Call extends Person {
  /** What the command before left behind. */
  readonly before: Continuation | undefined;
  /** Leaves something for the command after. */
  leave(continuation: Continuation): void;
}

/** A command: parameters in, response map out; undefined for a bare OK. Failures are thrown as CtapError. */
export type CtapCommand = (key: Key, params: CborMap, call: Call) => Promise<CborMap | undefined> | CborMap | undefined;

/** Whether some form of user verification is set up (CTAP 2.1 §6.1.2 "protected"). */
export function isProtected(key: Key): boolean {
  return key.pin.isSet() || hasFingerprints(key);
}

/** Whether the built-in user verification is there and set up: the option `uv` of getInfo. */
export function hasFingerprints(key: Key): boolean {
  return key.profile.fingerprint !== undefined && key.store.read().fingerprints.length > 0;
}
