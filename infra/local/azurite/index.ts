import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EMULATOR_ACCOUNT_KEY, EMULATOR_ACCOUNT_NAME } from 'azurite/dist/src/common/utils/constants';
import TableConfiguration from 'azurite/dist/src/table/TableConfiguration';
import TableServer from 'azurite/dist/src/table/TableServer';

const HOST = '127.0.0.1';
const KEEP_ALIVE_SECONDS = 5;

/** Azurite's Table service, running in this process. */
export interface LocalTables {
  url: string;
  /** With Azurite's well-known account and key. */
  connectionString: string;
  /** Writes everything to disk now; Azurite itself does so every 5 s. */
  save(): Promise<void>;
  /** Saves, and stops. */
  close(): Promise<void>;
}

/**
 * Starts Azurite Table on loopback: silent, and without telemetry, which only its own command line starts.
 * @param options.folder where the tables are kept; without it they live in memory
 * @param options.port default 0: the operating system chooses
 */
export async function startTables(options: { folder?: string; port?: number } = {}): Promise<LocalTables> {
  const { folder, port = 0 } = options;
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const configuration = new TableConfiguration(
    HOST,
    port,
    KEEP_ALIVE_SECONDS,
    join(folder ?? '', 'tables.json'),
    false,
    false,
    undefined,
    undefined,
    false,
    // Azurite refuses API versions that are newer than itself, though nothing of them is used here.
    true,
    '',
    '',
    '',
    undefined,
    false,
    folder === undefined,
  );
  const server = new TableServer(configuration);
  await server.start();

  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('Azurite listens on no port');
  const url = `http://${HOST}:${address.port}/${EMULATOR_ACCOUNT_NAME}`;
  const key = EMULATOR_ACCOUNT_KEY.toString('base64');
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    const closed = once(server.httpServer, 'close');
    if (folder !== undefined) await server.metadataStore.saveDBState();
    await server.close();
    server.httpServer.closeAllConnections();
    await closed;
  }

  return {
    url,
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${EMULATOR_ACCOUNT_NAME};AccountKey=${key};TableEndpoint=${url};`,
    async save() {
      if (folder !== undefined) await server.metadataStore.saveDBState();
    },
    close: () => (closing ??= close()),
  };
}
