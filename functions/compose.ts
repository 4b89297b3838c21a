import { ClientSecretCredential, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { ulid } from 'ulid';
import { createEntra } from '../bot/entra';
import { fileKeys } from '../bot/keys/file-keys';
import { fileSecrets } from '../bot/keys/file-secrets';
import { type Keys } from '../bot/keys/keys';
import { remembered } from '../bot/keys/named-secrets';
import { vaultKeys } from '../bot/keys/vault-keys';
import { vaultSecrets } from '../bot/keys/vault-secrets';
import { createOuter, type Outer } from '../bot/outer';
import { type Deps, type Log } from '../bot/service';
import { readSettings, type Settings } from '../bot/settings';
import { createSealer, createStorage, type Ledger, openLedger, type Storage } from '../bot/storage';
import { type Bot, createAdapter, createBot, createMessenger } from '../bot/teams';
import { dueTimes } from '../bot/tickets/due';
import { outerNote, wordsFor } from '../cards';

/** The running product: what every function of this app calls into. */
export interface Product {
  settings: Settings;
  deps: Deps;
  bot: Bot;
  storage: Storage;
  ledger: Ledger;
}

/** One line of JSON an event; no secret can be in it, and no person's words are. */
const log: Log = (event, facts = {}) => {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
};

function credentialOf({ sandbox, tenantId }: Settings): TokenCredential {
  if (!sandbox) {
    const clientId = process.env['AZURE_CLIENT_ID'];
    return clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();
  }
  const { clientId, clientSecret, loginUrl: authorityHost } = sandbox;
  return new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost,
    disableInstanceDiscovery: true,
  });
}

function keysOf({ sandbox, vault }: Settings, credential: TokenCredential): Promise<Keys> {
  if (sandbox) return fileKeys(sandbox.keyFile);
  if (!vault) throw new Error('readSettings lets nothing without a vault through');
  const { url: vaultUrl, signingKey, sealSecret } = vault;
  return vaultKeys({ vaultUrl, signingKey, sealSecret, credential });
}

/** Who is told of tickets outside of Teams, where the settings name anybody. */
function outerOf({ outer, sandbox, vault, language }: Settings, credential: TokenCredential): Outer | undefined {
  if (!outer) return undefined;
  const secrets = sandbox ? fileSecrets(sandbox.secretFile ?? '') : vaultSecrets(vault?.url ?? '', credential);
  const words = wordsFor(outer.language ?? language);
  return createOuter({
    settings: outer,
    secrets: remembered(secrets, Date.now),
    noteOf: (event) => outerNote(event, words),
    now: () => new Date(),
    sandbox: sandbox !== undefined,
  });
}

function tablesOf({ sandbox, tablesUrl }: Settings, credential: TokenCredential) {
  return sandbox ? { connectionString: sandbox.tablesConnection } : { url: tablesUrl ?? '', credential };
}

async function compose(): Promise<Product> {
  const settings = readSettings(process.env);
  const credential = credentialOf(settings);
  const keys = await keysOf(settings, credential);
  const now = () => new Date();
  const sealer = createSealer(keys.derive('seal', 'rows'));
  const tables = tablesOf(settings, credential);
  const storage = createStorage({ tables, sealer, now, dueTimes, log });
  const ledger = openLedger({ tables, sealer, keys, now, log });
  await storage.prepare();
  const { tickets, conversations, workstations, passkeys } = storage;
  const adapter = createAdapter(settings);
  const messenger = createMessenger({ adapter, settings, conversations, now, log });
  const graphUrl = settings.sandbox?.graphUrl;
  const entra = createEntra({
    credential,
    privilegedIdentityManagement: settings.privilegedIdentityManagement,
    log: (entry) => {
      if (typeof entry.status === 'string' || entry.status >= 400 || entry.attempts > 1) log('graph', { ...entry });
    },
    ...(graphUrl && { graphUrl }),
  });
  const outer = outerOf(settings, credential);
  const deps: Deps = {
    settings,
    tickets,
    workstations,
    conversations,
    passkeys,
    entra,
    keys,
    messenger,
    ...(outer && { outer }),
    now,
    newId: () => ulid(),
    log,
  };
  return { settings, deps, bot: createBot(adapter, deps), storage, ledger };
}

let composed: Promise<Product> | undefined;

/** The product, put together at the first call of this process; after a failure the next call tries anew. */
export function product(): Promise<Product> {
  composed ??= compose().catch((error: unknown) => {
    composed = undefined;
    throw error;
  });
  return composed;
}
