import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type RegisteredFunction, type Worker } from './worker';

const TypedData = z
  .object({ bytes: z.instanceof(Uint8Array).optional(), string: z.string().optional(), json: z.string().optional() })
  .passthrough();

const HttpReply = z.object({
  http: z.object({
    statusCode: z.string(),
    headers: z.record(z.string()).default({}),
    body: TypedData.nullish(),
  }),
});

export interface HttpIn {
  url: string;
  method: string;
  headers: Record<string, string>;
  params: Record<string, string>;
  query: Record<string, string>;
  body?: Buffer;
}

export interface HttpOut {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

async function run(worker: Worker, registered: RegisteredFunction, data: Record<string, unknown>): Promise<unknown> {
  const context = {
    invocationId: randomUUID(),
    metadata: registered.metadata,
    request: { inputData: [{ name: registered.trigger.name, data }], triggerMetadata: {} },
    log: () => undefined,
    state: undefined,
  };
  const model = worker.model.getInvocationModel(context);
  const { context: invocation, inputs } = await model.getArguments();
  const result = await model.invokeFunction(invocation, inputs, registered.callback);
  const { returnValue } = await model.getResponse(invocation, result);
  return returnValue;
}

/** Runs an HTTP function through the library's own conversions, as the host does over its RPC. */
export async function invokeHttp(worker: Worker, registered: RegisteredFunction, request: HttpIn): Promise<HttpOut> {
  const { body, ...rest } = request;
  const reply = HttpReply.parse(
    await run(worker, registered, { http: { ...rest, ...(body && { body: { bytes: body } }) } }),
  );
  const { statusCode, headers, body: out } = reply.http;
  const bytes = out?.bytes ? Buffer.from(out.bytes) : Buffer.from(out?.string ?? out?.json ?? '');
  return { status: Number(statusCode), headers, body: bytes };
}

/** Lets a timer function tick once. */
export async function invokeTimer(worker: Worker, registered: RegisteredFunction): Promise<void> {
  const now = new Date().toISOString();
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: { Last: now, LastUpdated: now, Next: now },
    IsPastDue: false,
  };
  await run(worker, registered, { json: JSON.stringify(timer) });
}
