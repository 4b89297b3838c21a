import { type Command } from 'commander';
import { printable } from '../operations/printable';
import { fingerprintWords } from '../protocol/fingerprint';
import { dataDirectory } from '../service/data-directory';
import { type Pairing, pairingStore } from '../service/pairing-file';
import { dataOption } from './service-options';
import { withSession } from './with-session';

/** Adds `status`: with whom this workstation is paired. Asks nobody. */
export function addStatus(program: Command): void {
  program
    .command('status')
    .description('show whether this workstation is paired, with which service and under which words')
    .addOption(dataOption())
    .option('--json', 'print JSON for programs')
    .action((options: { data?: string; json?: true }) => withSession({}, () => status(options)));
}

async function status({ data, json }: { data?: string; json?: true }): Promise<void> {
  const directory = dataDirectory(data);
  const { pairing } = await pairingStore(directory).read();
  if (json) console.log(JSON.stringify(forPrograms(directory, pairing), null, 2));
  else console.log(pairing ? forPeople(directory, pairing) : `This workstation is not paired (${directory}).`);
}

function forPrograms(data: string, pairing: Pairing | undefined) {
  if (!pairing) return { state: 'not-paired', data };
  const { pinned, thumbprint, ...rest } = pairing;
  return { ...rest, thumbprint, words: fingerprintWords(thumbprint), pinned: pinned.map(({ kid }) => kid), data };
}

function forPeople(data: string, pairing: Pairing): string {
  const { service, name, workstation, person, kind, state, thumbprint, pinned, pairedAt } = pairing;
  const rows: [string, string][] = [
    ['State', state === 'active' ? 'paired' : 'waits to be confirmed in the chat'],
    ['Service', service],
    ['Workstation', `${name} (${workstation}${kind === 'desk' ? ', desk' : ''})`],
    ['Person', person],
    ['Words', fingerprintWords(thumbprint).join('  ')],
    ['Paired at', pairedAt],
    ['Service keys', pinned.map(({ kid }) => kid).join(', ')],
    ['Data', data],
  ];
  return rows.map(([label, value]) => `${label.padEnd(12)}  ${printable(value)}`).join('\n');
}
