import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { FrameError } from './frames';

const text = z.string().max(256);

/** A key that the broker offers; what the operating system knows of it. */
const device = z
  .object({
    path: z.string().min(1).max(1024),
    product: text.optional(),
    manufacturer: text.optional(),
    vendorId: z.number().int().min(0).max(0xffff).optional(),
    productId: z.number().int().min(0).max(0xffff).optional(),
  })
  .strict();
const devices = z.array(device).max(32);

const fault = z
  .object({
    // Only what a transport can have: a broker speaks for a key, not for the service.
    code: z.string().regex(/^(key|hid|device)-[a-z0-9-]{1,48}$/),
    say: z.string().max(512),
    todo: z.string().max(512),
    retry: z.boolean(),
  })
  .strict();

export type BrokerDevice = z.output<typeof device>;

export function encodeDevices(list: readonly BrokerDevice[]): Uint8Array {
  // What an odd device calls itself must not keep the others from being listed.
  const clipped = list.slice(0, 32).map((each) => ({
    ...each,
    ...(each.product === undefined ? {} : { product: each.product.slice(0, 256) }),
    ...(each.manufacturer === undefined ? {} : { manufacturer: each.manufacturer.slice(0, 256) }),
  }));
  return Buffer.from(JSON.stringify(clipped));
}

/** @throws FrameError */
export function decodeDevices(payload: Uint8Array): BrokerDevice[] {
  return parsed(devices, payload);
}

export function encodeFault({ code, say, todo, retry }: Pick<Fault, 'code' | 'say' | 'todo' | 'retry'>): Uint8Array {
  return Buffer.from(JSON.stringify({ code, say: say.slice(0, 512), todo: todo.slice(0, 512), retry }));
}

/** The Fault that the broker told. @throws FrameError */
export function decodeFault(payload: Uint8Array): Fault {
  return new Fault(parsed(fault, payload));
}

/** @throws FrameError unless the payload is UTF-8, JSON, and of the schema */
function parsed<T extends z.ZodTypeAny>(schema: T, payload: Uint8Array): z.output<T> {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return schema.parse(json) as z.output<T>;
  } catch (cause) {
    throw new FrameError('a message that cannot be read', { cause });
  }
}
