import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type LocalTables, startTables } from '../azurite';
import { type EntraStandIn, people, startEntra } from '../entra';
import { startVirtualKey, type VirtualKey } from '../key';
import { startSandboxReceiver } from '../outer/sandbox-receiver';
import { type GroupOptions, type PersonOptions, startTeams, type TeamsStandIn } from '../teams';
import { type AgentProcess, runAgent } from './agent-process';
import { attestationRoot } from './attestation-root';
import { createHostProcess, freePort, type HostProcess, isFree } from './host-process';
import { APP_ID, productSettings } from './product-settings';

export interface SandboxOptions {
  /** Where everything is kept between runs. */
  folder: string;
  /** Empties the folder first. */
  reset?: boolean;
  /** Runs the bundle of `npm run build` instead of the sources. */
  built?: boolean;
  touch?: 'auto' | 'manual';
  /** Approval rules of flows, in place of the sandbox's own. */
  rules?: Readonly<Record<string, unknown>>;
  /** Starts another ticket system too, which takes webhooks. */
  outer?: boolean;
  /** Every line of the Functions host and the product. */
  onHostLine?: (line: string) => void;
  /** What is being started, for a person who waits. */
  onProgress?: (text: string) => void;
}

/** The whole of it on one machine. */
export interface Sandbox {
  readonly folder: string;
  readonly entra: EntraStandIn;
  readonly teams: TeamsStandIn;
  readonly tables: LocalTables;
  readonly key: VirtualKey;
  readonly host: HostProcess;
  /** Where the other ticket system shows what it was told, where one was asked for. */
  readonly outerUrl?: string;
  /** The agent at the person's workstation, with the virtual key in its port. */
  agent(workstation: string, args: readonly string[]): AgentProcess;
  close(): Promise<void>;
}

/** What people are, for the page. */
const TITLES: Readonly<Record<string, string>> = {
  [people.ada.id]: 'New colleague',
  [people.mara.id]: 'Her manager',
  [people.jonas.id]: 'Helpdesk',
  [people.suki.id]: 'Helpdesk',
  [people.petra.id]: 'Front desk',
  [people.viktor.id]: 'Manager of managers',
  [people.sean.id]: 'Colleague',
};

/** The app is there for these from the first morning; the others have not met the bot yet. */
const INSTALLED = Object.keys(TITLES);

function peopleOfTeams(entra: EntraStandIn): PersonOptions[] {
  return entra
    .people()
    .filter(({ accountEnabled }) => accountEnabled)
    .map(({ id, displayName, userPrincipalName }) => ({
      aadObjectId: id,
      name: displayName,
      userPrincipalName,
      locale: id === people.ada.id ? 'de-DE' : 'en-GB',
      installed: INSTALLED.includes(id),
      ...(TITLES[id] && { title: TITLES[id] }),
    }));
}

/** One channel that is the helpdesk's own, and a group chat in which others are too. */
const GROUPS: readonly GroupOptions[] = [
  { name: 'Helpdesk', kind: 'channel', team: 'IT', members: [people.jonas.id, people.suki.id] },
  {
    name: 'New colleagues',
    kind: 'group-chat',
    members: [people.ada.id, people.mara.id, people.jonas.id, people.petra.id],
  },
];

const PORTS = 'ports.json';
const Ports = z.object({ host: z.number().int(), teams: z.number().int() });

/**
 * The ports of the last run, where they are still free: the bot's records of conversations and the workstations'
 * pairings hold addresses, and outlive a restart as they do in Azure.
 */
async function portsFor(folder: string): Promise<z.infer<typeof Ports>> {
  const file = join(folder, PORTS);
  const before = existsSync(file) ? Ports.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  const kept = async (port: number | undefined) => (port !== undefined && (await isFree(port)) ? port : freePort());
  const ports = { host: await kept(before?.host), teams: await kept(before?.teams) };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

/** Empties a folder of ours. @throws Error for a folder that holds something else: it is never deleted. */
function empty(folder: string): void {
  const foreign = existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, PORTS));
  if (foreign)
    throw new Error(`${folder} was not made by the sandbox, so it is not emptied. Give another --data folder.`);
  rmSync(folder, { recursive: true, force: true });
}

/** Starts tables, Entra, Teams, the key, and last the Functions host with the product in it. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, built = false, touch = 'manual', onProgress = () => undefined } = options;
  if (options.reset) empty(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  onProgress('storage (Azurite)');
  const tables = await startTables({ folder: join(folder, 'tables') });
  const root = await attestationRoot(join(folder, 'attestation-root.json'));
  onProgress('Entra stand-in');
  const key = await startVirtualKey({ touch, stateFile: join(folder, 'key.json'), attestation: root });
  const entra = await startEntra({
    dataFile: join(folder, 'entra.json'),
    trustedRootsPem: [root.rootCertPem],
    models: { [key.aaguid]: 'Keyvouch Virtual Key' },
  });
  const caFile = join(folder, 'entra-ca.pem');
  writeFileSync(caFile, entra.caPem);

  onProgress('Teams stand-in');
  const { host: hostPort, teams: teamsPort } = await portsFor(folder);
  const publicUrl = `http://127.0.0.1:${hostPort}`;
  const teams = await startTeams({
    port: teamsPort,
    appId: APP_ID,
    tenantId: entra.tenantId,
    people: peopleOfTeams(entra),
    groups: GROUPS,
    botUrl: `${publicUrl}/api/messages`,
    dataFile: join(folder, 'teams.json'),
  });

  onProgress(`Functions host (${built ? 'dist/functions' : 'sources'})`);
  const secretFile = join(folder, 'outer-secrets.json');
  const receiver = options.outer ? await startSandboxReceiver(secretFile) : undefined;
  const { connectionString: tablesConnection } = tables;
  const env = productSettings({
    entra,
    teams,
    tablesConnection,
    publicUrl,
    rootCertPem: root.rootCertPem,
    folder,
    caFile,
    ...(options.rules && { rules: options.rules }),
    ...(receiver && { outer: { url: `${receiver.url}/keyvouch`, secretFile } }),
  });
  // For the administrator's command line: npm run admin -- --settings FOLDER/settings.json
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(env), { mode: 0o600 });
  const host = createHostProcess({
    env,
    port: hostPort,
    built,
    ...(options.onHostLine && { onLine: options.onHostLine }),
  });
  await host.start();

  return {
    folder,
    entra,
    teams,
    tables,
    key,
    host,
    ...(receiver && { outerUrl: receiver.url }),
    agent: (workstation, args) =>
      runAgent(args, { data: join(folder, 'workstations', workstation), env: { KEYVOUCH_SERVICE: publicUrl } }),
    async close() {
      await host.stop();
      await Promise.all([teams.close(), entra.close(), key.close(), receiver?.close()]);
      await tables.close();
    },
  };
}

/** Gives the app to everyone who is to have it, as an administrator's policy does: the bot then knows where to write. */
export async function installApp(teams: TeamsStandIn): Promise<void> {
  for (const id of INSTALLED) if (teams.chat(id).length === 0) await teams.install(id);
}
