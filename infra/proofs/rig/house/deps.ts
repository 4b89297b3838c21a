import { join } from 'node:path';
import { ulid } from 'ulid';
import { type Entra } from '../../../../bot/entra';
import { fileKeys } from '../../../../bot/keys/file-keys';
import { type Deps } from '../../../../bot/service';
import { type Settings } from '../../../../bot/settings';
import { createSealer, createStorage } from '../../../../bot/storage';
import { type TableSource } from '../../../../bot/storage/tables';
import { type Bot, createAdapter, createBot, createMessenger } from '../../../../bot/teams';
import { dueTimes } from '../../../../bot/tickets/due';

export interface ProcessParts {
  settings: Settings;
  folder: string;
  tables: TableSource;
  entra: Entra;
  now: () => Date;
  log: Deps['log'];
}

/** One process of the product, as functions/compose.ts puts it together. */
export interface Process {
  deps: Deps;
  bot: Bot;
}

export async function startProcess(parts: ProcessParts): Promise<Process> {
  const { settings, entra, now, log } = parts;
  const keys = await fileKeys(join(parts.folder, 'service-keys.json'));
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const storage = createStorage({ tables: parts.tables, sealer, now, dueTimes, log });
  const { tickets, workstations, conversations, passkeys } = storage;
  const adapter = createAdapter(settings);
  const messenger = createMessenger({ adapter, settings, conversations, now, log });
  const newId = () => ulid();
  const stores = { tickets, workstations, conversations, passkeys };
  const deps: Deps = { ...stores, settings, entra, keys, messenger, now, newId, log };
  return { deps, bot: createBot(adapter, deps) };
}
