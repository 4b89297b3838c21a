import { parseArgs } from 'node:util';
import { startTables } from './index';

/**
 * Azurite Table as a process of its own: `tsx infra/local/azurite/main.ts [--folder DIR] [--port N]`.
 * Prints one line of JSON, {url, connectionString}, once it listens. SIGTERM or SIGINT: saves and exits 0.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, port: { type: 'string', default: '0' } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('--port takes a number up to 65535');
  const tables = await startTables({ port, ...(values.folder === undefined ? {} : { folder: values.folder }) });
  const stop = () => void tables.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(JSON.stringify({ url: tables.url, connectionString: tables.connectionString }));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
