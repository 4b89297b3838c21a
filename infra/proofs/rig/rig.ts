import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTables } from '../../local/azurite';
import { startEntra } from '../../local/entra';
import { makeIdentity } from '../../local/entra/identity';
import { type AttestationRoot, makeAttestationRoot, startVirtualKey } from '../../local/key';
import { runAgent } from '../../local/sandbox/agent-process';
import { freePort, type HostProcess } from '../../local/sandbox/host-process';
import { APP_ID, productSettings } from '../../local/sandbox/product-settings';
import { type Sandbox } from '../../local/sandbox/sandbox';
import { startTeams } from '../../local/teams';
import { createAppHost } from './host';
import { type LossyTables, startLossyTables } from './lossy-tables';

export interface RigOptions {
  /** The app that the host runs: what {@link buildFunctions} made. */
  entry: string;
  /** Object ids of those who have the app in Teams. */
  installed: readonly string[];
  /** Who has their Teams in German. */
  german?: readonly string[];
  onHostLine?: (line: string) => void;
  /** Settings besides the sandbox's. */
  settings?: Readonly<Record<string, string>>;
}

/** A sandbox of its own, with the host not started yet and a line to storage that can lose a reply. */
export interface Rig extends Sandbox {
  /** What the proof itself reads the tables by: past the lossy line. */
  readonly truthConnection: string;
  readonly lossy: LossyTables;
  readonly keyFile: string;
  /** A second process of the product over the same storage; not started yet. */
  secondHost(): Promise<HostProcess>;
  /** The maker's root that Entra and the product trust: for further keys. */
  readonly attestation: AttestationRoot;
}

// What takes long to make and says nothing about the product is made once for all rigs of a run.
let shared: Promise<{ identity: Awaited<ReturnType<typeof makeIdentity>>; root: AttestationRoot }> | undefined;
const sharedParts = () =>
  (shared ??= Promise.all([makeIdentity(), makeAttestationRoot()]).then(([identity, root]) => ({ identity, root })));

/** Everything but the host starts: in memory, on ports of the system's choice, in a folder that goes with it. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const { identity, root } = await sharedParts();
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-proof-'));
  const [tables, key, entra, port] = await Promise.all([
    startTables(),
    startVirtualKey({ touch: 'auto', attestation: root }),
    startEntra({ identity: structuredClone(identity), trustedRootsPem: [root.rootCertPem] }),
    freePort(),
  ]);
  const lossy = await startLossyTables(tables);
  const publicUrl = `http://127.0.0.1:${port}`;
  const teams = await startTeams({
    appId: APP_ID,
    tenantId: entra.tenantId,
    botUrl: `${publicUrl}/api/messages`,
    people: entra.people().map(({ id, displayName, userPrincipalName }) => ({
      aadObjectId: id,
      name: displayName,
      userPrincipalName,
      locale: options.german?.includes(id) ? 'de-DE' : 'en-GB',
      installed: options.installed.includes(id),
    })),
  });
  const caFile = join(folder, 'entra-ca.pem');
  writeFileSync(caFile, entra.caPem);
  const { connectionString: tablesConnection } = lossy;
  const parts = { entra, teams, tablesConnection, publicUrl, rootCertPem: root.rootCertPem, folder, caFile };
  const { entry, onHostLine: onLine = () => undefined } = options;
  const env = { ...productSettings(parts), ...options.settings };
  const host = createAppHost({ entry, port, env, onLine });
  return {
    folder,
    entra,
    teams,
    tables,
    key,
    host,
    lossy,
    truthConnection: tables.connectionString,
    keyFile: join(folder, 'service-keys.json'),
    attestation: root,
    secondHost: async () => createAppHost({ entry, port: await freePort(), env, onLine }),
    agent: (workstation, args) =>
      runAgent(args, { data: join(folder, 'workstations', workstation), env: { KEYVOUCH_SERVICE: publicUrl } }),
    async close() {
      await host.kill();
      await Promise.all([teams.close(), entra.close(), key.close(), lossy.close()]);
      await tables.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
