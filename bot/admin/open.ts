import { existsSync } from 'node:fs';
import { DefaultAzureCredential } from '@azure/identity';
import { Fault } from '../../agent/protocol/fault';
import { fileKeys } from '../keys/file-keys';
import { type Keys } from '../keys/keys';
import { vaultKeys } from '../keys/vault-keys';
import { readSettings, type Settings } from '../settings';
import { createSealer, createStorage, type Ledger, openLedger, type TableSource } from '../storage';
import { dueTimes } from '../tickets/due';
import { type ShortId, type TicketId } from '../tickets/ids';

/** What an administrator's command works with. */
export interface Admin {
  ledger: Ledger;
  /** The ticket with this short id. */
  find(shortId: ShortId): Promise<TicketId | undefined>;
}

/**
 * Opens storage and keys as the settings say. In Azure with the identity of whoever runs it (`az login`, or a managed
 * identity), who needs to read the tables, the public signing key and the sealing secret; to write for `erase` and
 * `anchor`, which needs the right to sign, too.
 * @throws Fault `settings-wrong`, `keys-missing`, `keys-unreachable`
 */
export async function openAdmin(env: Readonly<Record<string, string | undefined>>): Promise<Admin> {
  const settings = readSettings(env);
  const { tables, keys } = await partsOf(settings);
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const now = () => new Date();
  const { tickets } = createStorage({ tables, sealer, now, dueTimes });
  return { ledger: openLedger({ tables, sealer, keys, now }), find: tickets.find };
}

async function partsOf({ sandbox, vault, tablesUrl }: Settings): Promise<{ tables: TableSource; keys: Keys }> {
  if (sandbox) {
    // A new file of keys would tell of every row that it was not written by Keyvouch.
    if (!existsSync(sandbox.keyFile)) throw keysMissing();
    return { tables: { connectionString: sandbox.tablesConnection }, keys: await fileKeys(sandbox.keyFile) };
  }
  const credential = new DefaultAzureCredential();
  if (!vault || !tablesUrl) throw keysMissing();
  const { url: vaultUrl, signingKey, sealSecret } = vault;
  const keys = await vaultKeys({ vaultUrl, signingKey, sealSecret, credential });
  return { tables: { url: tablesUrl, credential }, keys };
}

function keysMissing(): Fault {
  return new Fault({
    code: 'keys-missing',
    say: "The service's keys are not where the settings say.",
    todo: 'Start the sandbox once, or give the settings of the app with --settings FILE.',
  });
}
