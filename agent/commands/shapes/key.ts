import * as z from 'zod/v4';

/** What went wrong, as every command says it. */
export const faultWords = z
  .object({
    code: z.string().describe('stable, for programs: key-pin-wrong'),
    say: z.string().describe('what happened, for a person'),
    todo: z.string().describe('what to do now, for a person'),
  })
  .describe('A failure; the exit status tells its kind.');

export const device = z.object({
  path: z.string().describe("the operating system's path, or tcp:HOST:PORT; another one after plugging in again"),
  product: z.string().nullable(),
  manufacturer: z.string().nullable(),
  usbId: z.string().nullable().describe('vendor:product in hexadecimal'),
});

const aaguid = z.string().describe('the model, as a UUID');
const firmware = z.union([z.number(), z.string()]).nullable().describe('as text beyond 2^53');

const pin = z.object({
  supported: z.boolean(),
  set: z.boolean(),
  minimumLength: z.number().describe('characters (Unicode code points)'),
  maximumLength: z.number().nullable(),
  mustChange: z.boolean(),
  complexity: z.boolean().nullable(),
  retriesLeft: z.number().nullable(),
  replugNeeded: z.boolean().describe('no further try before the key was unplugged'),
  blocked: z.boolean().describe('no try left for ever: only a reset helps'),
  protocols: z.array(z.number()),
});

const usable = device.extend({ usable: z.literal(true), aaguid, firmware, pin });
const unusable = z.object({
  path: z.string(),
  product: z.string().nullable(),
  usable: z.literal(false),
  fault: faultWords,
});

export const keys = z.object({ keys: z.array(z.discriminatedUnion('usable', [usable, unusable])) });

export const info = z.object({
  device,
  aaguid,
  versions: z.array(z.string()),
  firmware,
  pin,
  fingerprint: z.object({ supported: z.boolean(), enrolled: z.boolean(), retriesLeft: z.number().nullable() }),
  passkeys: z.object({
    supported: z.boolean(),
    roomLeft: z.number().nullable(),
    manageable: z.boolean(),
    perRequest: z.number(),
  }),
  options: z.record(z.string(), z.boolean()),
  extensions: z.array(z.string()),
  algorithms: z.array(z.number()).describe('COSE'),
  transports: z.array(z.string()),
  attestationFormats: z.array(z.string()),
  certifications: z.record(z.string(), z.number()),
  enterpriseAttestation: z.enum(['on', 'off', 'unsupported']),
  alwaysVerify: z.boolean(),
  reset: z.object({ longTouch: z.boolean(), transports: z.array(z.string()).nullable() }),
  limits: z.object({
    messageBytes: z.number(),
    credentialIdBytes: z.number().nullable(),
    largeBlobBytes: z.number().nullable(),
  }),
  canWink: z.boolean(),
  getInfo: z
    .record(z.string(), z.unknown())
    .describe('every member of authenticatorGetInfo that the key sent and this agent knows; bytes in hexadecimal'),
  unknown: z.record(z.string(), z.string()).describe('members that this agent does not know, by number'),
});

export const pinResult = z.object({
  pin: z.enum(['set', 'changed', 'right']),
  path: z.string(),
  retriesLeft: z.number().nullable(),
});

export const winked = z.object({ winked: z.array(z.string()).describe('paths of the keys that blinked') });

export const erased = z.object({
  erased: z.object({
    path: z.string(),
    aaguid,
    passkeys: z.number().nullable().describe('how many, where it was known'),
  }),
});
