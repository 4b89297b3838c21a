import { type AuthenticatorInfo } from '../ctap/get-info';
import { encodeCbor } from '../ctap/cbor';

/**
 * What of getInfo stays the same while a key is unplugged: tells the key that comes back from another model, and mostly
 * from another setting; not from its twin. Members that change at every reading by design are left out.
 */
export function keyLikeness(info: AuthenticatorInfo): string {
  const { encIdentifier: _, encCredStoreState: __, unknown, ...lasting } = info;
  const text = JSON.stringify(lasting, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return `${text}${Buffer.from(encodeCbor(unknown)).toString('hex')}`;
}
