import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startTables } from '../../azurite';
import { type EntraStandIn, startEntra } from '../../entra';
import { startVirtualKey, type VirtualKey } from '../../key';
import { attestationRoot } from '../../sandbox/attestation-root';
import { createHostProcess, freePort } from '../../sandbox/host-process';
import { APP_ID, productSettings } from '../../sandbox/product-settings';
import { startTeams } from '../../teams';

/** The product as in the sandbox, but for Teams: there it answers whoever speaks from loopback, as a Playground does. */
export interface UnsignedProduct {
  readonly entra: EntraStandIn;
  readonly key: VirtualKey;
  readonly botUrl: string;
  /** The last that the host said. */
  said(): readonly string[];
  close(): Promise<void>;
}

/**
 * Starts tables, Entra, a key, and the Functions host with the bundle of `npm run build`.
 * @param more settings besides the sandbox's own
 */
export async function startUnsignedProduct(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<UnsignedProduct> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tables = await startTables({ folder: join(folder, 'tables') });
  const root = await attestationRoot(join(folder, 'attestation-root.json'));
  const key = await startVirtualKey({ touch: 'auto', attestation: root });
  const entra = await startEntra({ trustedRootsPem: [root.rootCertPem] });
  const caFile = join(folder, 'entra-ca.pem');
  writeFileSync(caFile, entra.caPem);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const botUrl = `${publicUrl}/api/messages`;
  // Nobody speaks through it; the settings that describe a Bot Connector want one.
  const teams = await startTeams({ appId: APP_ID, tenantId: entra.tenantId, people: [], botUrl });
  const { connectionString: tablesConnection } = tables;
  const { rootCertPem } = root;
  const settings = productSettings({ entra, teams, tablesConnection, publicUrl, rootCertPem, folder, caFile });
  const said: string[] = [];
  const host = createHostProcess({
    env: { ...settings, ...more, KEYVOUCH_SANDBOX: unsigned(settings['KEYVOUCH_SANDBOX']) },
    port,
    built: true,
    onLine: (line) => said.push(line),
  });
  const close = async () => {
    await host.stop();
    await Promise.all([teams.close(), entra.close(), key.close()]);
    await tables.close();
  };
  try {
    await host.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { entra, key, botUrl, said: () => said, close };
}

function unsigned(setting: string | undefined): string {
  const sandbox = z.record(z.unknown()).parse(JSON.parse(setting ?? '{}'));
  return JSON.stringify({ ...sandbox, unsigned: true });
}
