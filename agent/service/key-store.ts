import { type WorkstationJwk } from '../protocol/messages';

/** The workstation's key: it can sign, and nobody can take it out through here. */
export interface WorkstationKey {
  readonly jwk: WorkstationJwk;
  /** RFC 7638, SHA-256, base64url: the `kid` of all that it signs. */
  readonly thumbprint: string;
  /** A compact JWS (ES256). @param type Its `typ` header. */
  sign(type: string, claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Where workstation keys live: a file today; a TPM or the operating system's keystore fits behind the same calls. */
export interface KeyStore {
  make(): Promise<WorkstationKey>;
  load(thumbprint: string): Promise<WorkstationKey | undefined>;
  remove(thumbprint: string): Promise<void>;
}
