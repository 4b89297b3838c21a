import Module from 'node:module';
import { z } from 'zod';

/** What the library asks of the host for one function. Read where it enters, so that a change of the library is noticed. */
const Metadata = z
  .object({
    name: z.string(),
    bindings: z.record(
      z
        .object({
          type: z.string(),
          direction: z.string(),
          methods: z.array(z.string()).optional(),
          route: z.string().optional(),
          schedule: z.string().optional(),
        })
        .passthrough(),
    ),
  })
  .passthrough();

export type Callback = (...args: unknown[]) => unknown;

export interface RegisteredFunction {
  name: string;
  metadata: Record<string, unknown>;
  trigger: { name: string; type: string; methods: string[]; route: string; schedule?: string };
  callback: Callback;
}

/** The library's own conversion of requests and replies. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: unknown }>;
}

interface ProgrammingModel {
  getInvocationModel(context: Record<string, unknown>): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export interface Worker {
  functions: readonly RegisteredFunction[];
  model: ProgrammingModel;
}

function registered(raw: unknown, callback: Callback): RegisteredFunction {
  const metadata = Metadata.parse(raw);
  const found = Object.entries(metadata.bindings).find(([, { type }]) => /trigger$/i.test(type));
  if (!found) throw new Error(`the function ${metadata.name} has no trigger`);
  const [name, { type, methods = ['GET', 'POST'], route = metadata.name, schedule }] = found;
  const upper = methods.map((method) => method.toUpperCase());
  const trigger = { name, type: type.toLowerCase(), methods: upper, route, ...(schedule && { schedule }) };
  return { name: metadata.name, metadata: { ...metadata }, trigger, callback };
}

/**
 * Loads a Functions app as the host's Node worker does: it gives the app `@azure/functions-core` by patching the
 * loader, and takes what the app registers. Requests and replies then go through the library's own conversions.
 */
export async function loadApp(load: () => Promise<unknown>): Promise<Worker> {
  const functions: RegisteredFunction[] = [];
  const models: ProgrammingModel[] = [];
  const disposable = { dispose: () => undefined };
  const core = {
    version: '3.10.0',
    hostVersion: '4.1040.0',
    Disposable: class {
      dispose(): void {
        // Nothing of this host is ever unregistered.
      }
    },
    registerFunction: (metadata: unknown, callback: Callback) => {
      functions.push(registered(metadata, callback));
      return disposable;
    },
    registerHook: () => disposable,
    setProgrammingModel: (model: ProgrammingModel) => models.push(model),
    getProgrammingModel: () => models.at(-1),
    log: () => undefined,
  };
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const original = loader._load.bind(loader);
  loader._load = (name, ...rest) => (name === '@azure/functions-core' ? core : original(name, ...rest));
  await load();
  const model = models.at(-1);
  if (!model || functions.length === 0) throw new Error('the app registered no functions');
  await model.getCapabilities({});
  return { functions, model };
}
