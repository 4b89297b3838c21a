import { type CborValue } from '../ctap/cbor';
import { type Fault } from '../protocol/fault';
import { type Prompts } from './prompts';

/** A registration to be made. */
export interface RegisterRequest {
  /**
   * PublicKeyCredentialCreationOptionsJSON as Graph gives it, or a function that fetches it: it is called when the key
   * is ready and has a PIN, because the challenge lives for minutes only.
   */
  options: unknown;
  /** The relying party that this agent is pinned to; options for another are refused. */
  rpId: string;
  /** Must be `https://` + rpId where it is given. */
  origin?: string;
  prompts: Prompts;
  signal?: AbortSignal | undefined;
  /** Says why a model may not be used, before anything is written to the key. */
  allows?: (aaguid: string) => Fault | undefined;
  /** Milliseconds that a touch is waited for. Default 60 000; keys often give up after 30 000 themselves. */
  touchMs?: number;
}

/** A passkey that was just made. */
export interface Registration {
  credentialId: Uint8Array;
  /** WebAuthn attestation object: CBOR of fmt, attStmt and authData (WebAuthn §6.5.4). */
  attestationObject: Uint8Array;
  clientDataJSON: Uint8Array;
  /** The model, as in the attested credential data. */
  aaguid: string;
  /** As WebAuthn names them: usb, nfc, ble, internal … */
  transports: string[];
  /** What the key says of each extension: `{"credProtect": 1, "hmac-secret": true}`. */
  extensions: Readonly<Record<string, CborValue>>;
  enterpriseAttestation: boolean;
  /** Whether the key had no PIN before. */
  pinWasSet: boolean;
  /**
   * Takes this passkey off the key again, when the service could not keep it.
   *
   * @throws Fault `key-cannot-delete` where the key has no way to
   */
  remove(): Promise<void>;
  /** Lets go of what `remove` would need (the PIN in memory). After it, `remove` asks for the PIN. */
  forget(): void;
}

/**
 * A way to make passkeys: over HID here. A platform's own WebAuthn service (Windows, where users may not open FIDO HID)
 * is another `kind` behind the same call.
 */
export interface Registrar {
  readonly kind: 'hid' | 'platform';
  register(request: RegisterRequest): Promise<Registration>;
}
