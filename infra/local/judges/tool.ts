/** What a tool reads in getInfo, as far as all of them show it. */
export interface ToolInfo {
  /** 32 hex digits; a tool that does not show it leaves it out, and so on. */
  readonly aaguid?: string;
  readonly options?: Readonly<Record<string, boolean>>;
  readonly minPinLength?: number;
  readonly pinSet?: boolean;
}

/** A passkey as a tool lists it. What it does not show is left out. */
export interface ListedPasskey {
  readonly id?: Buffer;
  readonly name?: string;
  readonly displayName?: string;
}

export interface ListedFingerprint {
  /** Hex. */
  readonly id: string;
  readonly name: string;
}

/** A passkey that was made, with all that a relying party would get. */
export interface MadePasskey {
  readonly id: Buffer;
  readonly clientDataJSON: Buffer;
  readonly attestationObject: Buffer;
}

export interface MadeAssertion {
  readonly clientDataJSON: Buffer;
  readonly authData: Buffer;
  readonly signature: Buffer;
}

export interface RegistrationWish {
  readonly rpId: string;
  readonly userId: Buffer;
  readonly userName: string;
  readonly largeBlob: boolean;
}

/** A passkey by its site and its id. */
export interface PasskeyAt {
  readonly rpId: string;
  readonly id: Buffer;
}

/** The hands that pull a key out and put it in again, for a reset. */
export interface Plug {
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

/**
 * A program that manages keys, ours or somebody else's, at one key. It opens the key for each call and lets go of it
 * again. A member that is missing is a thing that the program cannot do at all. Each rejects when the thing fails.
 */
export interface KeyTool {
  /** With its version: `fido2-token 1.12.0`. */
  readonly name: string;
  info(): Promise<ToolInfo>;
  setPin?(pin: string): Promise<unknown>;
  changePin?(from: string, to: string): Promise<unknown>;
  /** Rejects if it is not the PIN. */
  checkPin?(pin: string): Promise<unknown>;
  register?(pin: string, wish: RegistrationWish): Promise<MadePasskey>;
  assert?(pin: string, at: PasskeyAt): Promise<MadeAssertion>;
  /** Whether the passkey answers without PIN and touch. */
  isOnKey?(at: PasskeyAt): Promise<boolean>;
  sites?(pin: string): Promise<string[]>;
  passkeys?(pin: string, rpId: string): Promise<ListedPasskey[]>;
  /** Passkeys on the key, and room for more. */
  room?(pin: string): Promise<{ existing: number; remaining: number }>;
  rename?(pin: string, at: PasskeyAt, user: { id: Buffer; name: string; displayName: string }): Promise<unknown>;
  remove?(pin: string, at: PasskeyAt): Promise<unknown>;
  fingerprints?(pin: string): Promise<ListedFingerprint[]>;
  enrol?(pin: string, name: string): Promise<unknown>;
  renameFingerprint?(pin: string, id: string, name: string): Promise<unknown>;
  removeFingerprint?(pin: string, id: string): Promise<unknown>;
  alwaysUv?(pin: string, on: boolean): Promise<unknown>;
  minPinLength?(pin: string, length: number): Promise<unknown>;
  minPinLengthSites?(pin: string, rpIds: string[]): Promise<unknown>;
  forcePinChange?(pin: string): Promise<unknown>;
  enterpriseAttestation?(pin: string): Promise<unknown>;
  writeBlob?(pin: string, at: PasskeyAt, data: Buffer): Promise<unknown>;
  readBlob?(pin: string, at: PasskeyAt): Promise<Buffer | undefined>;
  removeBlob?(pin: string, at: PasskeyAt): Promise<unknown>;
  wink?(): Promise<unknown>;
  ping?(bytes: Buffer): Promise<unknown>;
  reset?(plug: Plug): Promise<unknown>;
}

/** A thing that a tool knows, but not on this key: the version that it speaks is another. */
export class UnknownHere extends Error {
  override readonly name = 'UnknownHere';
}
