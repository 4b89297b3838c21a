import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { armCrashPoints } from './crash-points';
import { createHttpHost } from './server';
import { startTimers } from './timers';
import { loadApp } from './worker';

/**
 * A local Functions host, a process of its own so that it can be killed while storage, Entra and Teams live on.
 * `node … main.ts --entry functions/index.ts|dist/functions/main.cjs --port N`. Prints one line of JSON,
 * {"ready":true,"port":N,"functions":[…]}, once it listens. SIGTERM lets what runs come to its end.
 */
const Host = z.object({
  extensions: z
    .object({ http: z.object({ routePrefix: z.string() }).partial() })
    .partial()
    .optional(),
});

const CrashPlan = z.object({
  at: z.number(),
  moment: z.enum(['before', 'after']),
  logFile: z.string(),
  tables: z.string(),
});

const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { entry: { type: 'string' }, port: { type: 'string', default: '0' } } });
  const root = resolve(__dirname, '../../..');
  const hostJson = Host.parse(JSON.parse(readFileSync(join(root, 'host.json'), 'utf8')));
  const prefix = hostJson.extensions?.http?.routePrefix ?? 'api';
  const plan = process.env['KEYVOUCH_HOST_CRASH'];
  if (plan) armCrashPoints(CrashPlan.parse(JSON.parse(plan)));

  const entry = resolve(values.entry ?? join(root, 'functions/index.ts'));
  const worker = await loadApp(() => import(entry));
  const server = createHttpHost(worker, prefix, log);
  await new Promise<void>((listening) => server.listen(Number(values.port), '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the host listens on no port');
  const stopTimers = startTimers(worker, log);
  process.once('SIGTERM', () => {
    stopTimers();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), 3_000).unref();
  });
  process.stdout.write(
    `${JSON.stringify({ ready: true, port: address.port, functions: worker.functions.map(({ name }) => name) })}\n`,
  );
}

main().catch((error: unknown) => {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
