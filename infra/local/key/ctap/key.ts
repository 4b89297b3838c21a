import type { KeyObject } from 'node:crypto';

import type { CborMap } from '../cbor/types';
import type { Credential, Credentials } from '../credentials';
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
  readonly attestation: { readonly certificate: Buffer; readonly privateKey: KeyObject };
  readonly protocols: ReadonlyMap<number, PinUvAuthProtocol>;
  readonly token: Token;
  readonly pin: PinGate;
  readonly now: () => number;
  /** When power came, in milliseconds of `now`. */
  readonly poweredAt: number;
}

/** What a stateful command left for its "next": any other command in between throws it away (CTAP 2.1 §6). */
export type Continuation =
  | { readonly kind: 'assertion'; readonly since: number; next(): CborMap | undefined }
  | { readonly kind: 'rps'; readonly rest: readonly Credential[] }
  | { readonly kind: 'credentials'; readonly rest: readonly Credential[] };

/** One command being carried out. */
export interface Call {
  /** Waits for a touch; the host sees keepalives with status 2 meanwhile. */
  touch(): Promise<void>;
  /** What the command before left behind. */
  readonly before: Continuation | undefined;
  /** Leaves something for the command after. */
  leave(continuation: Continuation): void;
}

/** A command: parameters in, response map out; undefined for a bare OK. Failures are thrown as CtapError. */
export type CtapCommand = (key: Key, params: CborMap, call: Call) => Promise<CborMap | undefined> | CborMap | undefined;

/** Whether some form of user verification is set up (CTAP 2.1 §6.1.2 "protected"). */
export function isProtected(key: Key): boolean {
  return key.pin.isSet();
}
