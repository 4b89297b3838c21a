import { type KnownPasskey, type PasskeyStore } from '../passkeys-port';

/** Known passkeys in memory, by the contract of bot/storage. */
export function createMemoryPasskeys(): PasskeyStore {
  const rows = new Map<string, { value: KnownPasskey; etag: string }>();
  let writes = 0;
  return {
    ofPerson: async (person) => structuredClone([...rows.values()].filter(({ value }) => value.person === person)),
    async put(passkey, etag) {
      const key = `${passkey.person}~${passkey.credentialId}`;
      if (rows.get(key)?.etag !== etag) return false;
      writes += 1;
      rows.set(key, { value: structuredClone(passkey), etag: `W/${writes}` });
      return true;
    },
  };
}
