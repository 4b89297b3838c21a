import * as z from 'zod/v4';

const kind = z.enum(['own', 'desk']);

export const paired = z.object({
  paired: z.object({ workstation: z.string(), name: z.string(), person: z.string(), kind, service: z.string() }),
});

export const ran = z.object({
  jobs: z.array(
    z.object({ state: z.string().describe('registered, done or failed'), code: z.string().nullable().describe('why') }),
  ),
});

const notPaired = z.object({ state: z.literal('not-paired'), data: z.string() });
const pairing = z.object({
  service: z.string(),
  workstation: z.string(),
  name: z.string(),
  person: z.string(),
  kind,
  state: z.enum(['pairing', 'active']),
  thumbprint: z.string().describe("RFC 7638, of this workstation's key"),
  words: z.array(z.string()).describe('of the thumbprint, as the chat shows them'),
  pinned: z.array(z.string()).describe("kid of each of the service's keys that is trusted"),
  pairedAt: z.string(),
  keySince: z.string().describe('since when the present key signs'),
  keyIn: z
    .string()
    .nullable()
    .describe("where the key is kept: file, or the operating system's store; null where it is gone"),
  data: z.string().describe("the agent's data directory"),
});

export const status = z.discriminatedUnion('state', [notPaired, pairing]);

export const unpaired = z.object({ unpaired: z.literal(true) });
