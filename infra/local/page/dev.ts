import { startEntra, people } from '../entra';
import { startVirtualKey } from '../key';
import { startTeams } from '../teams';
import { entraPort } from './adapters/entra-port';
import { keyPort } from './adapters/key-port';
import { mailPort } from './adapters/mail-port';
import { workstationPort } from './adapters/workstation-port';
import { startSampleBot } from './dev/sample-bot';
import { startPage } from './server';

/** The page with the real stand-ins and a bot that only shows sample cards: for working on the page. */
async function main(): Promise<void> {
  const key = await startVirtualKey({ touch: 'manual' });
  const entra = await startEntra({
    trustedRootsPem: [key.attestationRootPem],
    models: { [key.aaguid]: 'Virtual Key' },
  });
  const teams = await startTeams({
    appId: entra.clientId,
    tenantId: entra.tenantId,
    people: [
      { aadObjectId: people.ada.id, name: 'Ada Lindqvist', locale: 'de-DE', title: 'Employee' },
      { aadObjectId: people.mara.id, name: 'Mara Osei', locale: 'en-GB', title: 'Manager' },
      { aadObjectId: people.suki.id, name: 'Suki Tanaka', locale: 'en-GB', title: 'Helpdesk' },
      { aadObjectId: people.viktor.id, name: 'Viktor Hale', locale: 'en-GB', title: 'Manager of Mara' },
      { aadObjectId: people.nils.id, name: 'Nils Frei', locale: 'de-DE', title: 'Employee', installed: false },
    ],
  });
  teams.setBotUrl((await startSampleBot(teams)).url);
  const page = await startPage({
    port: Number(process.env['PORT'] ?? 0),
    teams,
    entra: entraPort(entra, `tcp:127.0.0.1:${key.port}`),
    key: keyPort(key, 'Virtual Key, FIDO2 with PIN'),
    mail: mailPort(entra),
    workstation: workstationPort({
      terminal: false,
      commands: [
        {
          id: 'serve',
          label: 'Start the agent',
          run: [process.execPath, '--import', 'tsx', `${__dirname}/dev/agent-in-play.ts`],
        },
      ],
    }),
    prompts: ['hi', 'progress: choose', 'approval: waiting', 'queue'],
    onReset: async () => teams.clear(),
  });
  console.log(page.url);
}

void main();
