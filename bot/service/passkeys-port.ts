import { type ApprovalKey } from '../../agent/protocol/signed-approval';
import { type Moment } from '../tickets/ticket';
import { type Stored } from './ports';

/**
 * A passkey that was registered and attested through Keyvouch. Entra tells nobody the public key of a passkey, so it is
 * kept from the registration; it counts only as long as Entra lists the passkey for this person.
 */
export interface KnownPasskey {
  person: string;
  /** base64url. */
  credentialId: string;
  publicKey: ApprovalKey;
  aaguid: string;
  /** The ticket with which it came. */
  ticket: string;
  keptAt: Moment;
  /** The highest signature counter seen of it (WebAuthn L3 §6.1.1); 0: it has none. */
  signCount: number;
}

export interface PasskeyStore {
  ofPerson(person: string): Promise<readonly Stored<KnownPasskey>[]>;
  /** @returns false where the ETag no longer holds (or, without one, where it is there already). */
  put(passkey: KnownPasskey, etag?: string): Promise<boolean>;
}
