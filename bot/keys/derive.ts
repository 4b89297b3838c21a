import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 under a key derived for one purpose, so that no purpose can be used to learn of another. */
export function deriver(root: Buffer): (purpose: string, label: string) => Buffer {
  const keyOf = new Map<string, Buffer>();
  return (purpose, label) => {
    const key = keyOf.get(purpose) ?? createHmac('sha256', root).update(`keyvouch~${purpose}`).digest();
    keyOf.set(purpose, key);
    return createHmac('sha256', key).update(label).digest();
  };
}
