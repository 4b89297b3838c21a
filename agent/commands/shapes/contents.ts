import * as z from 'zod/v4';

const base64Url = z.string().describe('base64url without padding');

export const passkey = z.object({
  site: z.string().describe('the relying party id: login.microsoft.com'),
  id: base64Url.describe('the credential id in base64url'),
  shortId: z.string().describe('the beginning of the credential id in hexadecimal, as far as it is unique on this key'),
  user: z.object({ id: base64Url, name: z.string().nullable(), displayName: z.string().nullable() }),
  credProtect: z.number().nullable().describe('1 to 3 (CTAP 2.1 §12.1); null where the key does not tell'),
});

export const passkeyList = z.object({
  passkeys: z.array(passkey),
  roomLeft: z.number().nullable().describe('how many more the key can hold; null where it does not tell'),
});
export const passkeyDeleted = z.object({ deleted: passkey });
export const passkeyRenamed = z.object({ renamed: passkey });

const fingerprint = z.object({ id: z.string().describe('template id in hexadecimal'), name: z.string().nullable() });

export const fingerprintList = z.object({
  fingerprints: z.array(fingerprint),
  sensor: z.object({
    kind: z.enum(['touch', 'swipe']),
    samples: z.number().nullable().describe('how many good samples a new fingerprint takes at most'),
    nameBytes: z.number().nullable(),
  }),
});
export const fingerprintAdded = z.object({ added: fingerprint });
export const fingerprintRenamed = z.object({ renamed: fingerprint });
export const fingerprintRemoved = z.object({ removed: fingerprint });

export const config = z.object({
  canConfigure: z.boolean(),
  alwaysVerify: z.boolean().nullable().describe('null where the key cannot'),
  minimumPin: z.number().describe('characters (Unicode code points)'),
  canSetMinimumPin: z.boolean(),
  minimumPinSites: z.number().describe('how many sites may be told the minimum'),
  pinMustChange: z.boolean(),
  enterpriseAttestation: z.boolean().nullable().describe('null where the key cannot'),
  longTouchForReset: z.boolean(),
});

export const configSet = z.object({
  setting: z.string(),
  value: z.union([z.boolean(), z.number(), z.array(z.string())]),
  result: z.enum(['changed', 'already']),
});

const blob = z.object({
  site: z.string().nullable().describe('of the passkey that the blob belongs to; null where none on the key opens it'),
  id: base64Url.nullable().describe('the credential id of that passkey'),
  user: z.string().nullable(),
  bytes: z.number().nullable().describe('length of the data as its writer says; null for an entry that is no blob'),
  storedBytes: z.number(),
});

export const blobList = z.object({ blobs: z.array(blob) });
export const blobRead = z.object({
  id: base64Url,
  bytes: z.number(),
  data: base64Url.nullable(),
  file: z.string().nullable(),
});
export const blobWritten = z.object({ id: base64Url, bytes: z.number(), replaced: z.boolean() });
export const blobDeleted = z.object({ id: base64Url, deleted: z.boolean().describe('whether there was something') });
