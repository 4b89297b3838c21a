import type { MadePasskey, PasskeyAt } from './tool';
import type { KnownPasskey } from './verify';

/** What the steps of a sitting know of the key by now. */
export interface Scene {
  pin: string;
  /** The passkey that is listed, renamed, used and deleted. */
  passkey: PasskeyAt;
  made?: MadePasskey;
  known?: KnownPasskey;
  /** Another one, with a key for large blobs. */
  blobPasskey: PasskeyAt;
  /** Hex. */
  fingerId: string;
  alwaysUv: boolean;
}

export const PIN = 'pärm-4711';
export const OTHER_PIN = 'höst-2049-b';
export const LAST_PIN = 'vårens-8832';
export const RP_ID = 'login.keyvouch.test';
export const BLOB_RP_ID = 'blob.keyvouch.test';
export const USER = { id: Buffer.from('ann-of-keyvouch'), name: 'ann@keyvouch.test', displayName: 'ann@keyvouch.test' };
export const RENAMED = { id: USER.id, name: 'eva@keyvouch.test', displayName: 'Eva Berg' };
export const BLOB = Buffer.from('a certificate, say. '.repeat(4));

export function freshScene(alwaysUv: boolean): Scene {
  const nothing = Buffer.alloc(0);
  return {
    pin: PIN,
    passkey: { rpId: RP_ID, id: nothing },
    blobPasskey: { rpId: BLOB_RP_ID, id: nothing },
    fingerId: '',
    alwaysUv,
  };
}
