import { type Command } from 'commander';
import { printable } from '../operations/printable';
import { type Prompts } from '../operations/prompts';
import { Fault } from '../protocol/fault';
import { type PairingCodeParts, parsePairingCode } from '../protocol/pairing-code';
import { awaitConfirmation } from '../service/await-confirmation';
import { openConnection } from '../service/connection';
import { dataDirectory } from '../service/data-directory';
import { fileKeyStore } from '../service/file-key-store';
import { pair } from '../service/pair';
import { type PairingFile, pairingStore } from '../service/pairing-file';
import { refuseRemoteSession } from '../service/remote-session';
import { serviceFor } from '../service/service';
import { serviceUrl } from '../service/service-url';
import { EXIT } from './exit-status';
import { addServiceOptions, type ServiceOptions } from './service-options';
import { agentVersion } from './version';
import { type Session, withSession } from './with-session';

interface PairOptions extends ServiceOptions {
  service?: string;
  name?: string;
  code?: string;
  yes?: true;
}

const QUESTIONS = 3;

/** Adds `pair`: ties this workstation to a person's account in the service. */
export function addPair(program: Command): void {
  const command = program
    .command('pair')
    .description('pair this workstation with Keyvouch, by the code that the chat gives')
    .option('--service <url>', 'address of the Keyvouch service (KEYVOUCH_SERVICE)')
    .option('--name <name>', 'what this workstation is called in the chat (default: its host name)')
    .option('--code <code>', 'the pairing code; asked for when it is not given')
    .option('--yes', 'take the place of an older pairing without asking');
  addServiceOptions(command).action((options: PairOptions) =>
    withSession(options, (session) => pairHere(options, session)),
  );
}

async function pairHere(options: PairOptions, session: Session): Promise<number | void> {
  refuseRemoteSession(options.allowRemote === true);
  const { prompts, tell, signal } = session;
  const directory = dataDirectory(options.data);
  const pairings = pairingStore(directory);
  const before = await pairings.read();
  if (before.pairing?.state === 'active' && !options.yes) {
    const { name, person } = before.pairing;
    const asked = `This workstation is paired already ("${printable(name)}", ${printable(person)}). Pair it anew?`;
    if (!(await prompts.confirm(asked, signal))) return EXIT.cancelled;
  }
  const service = await askService(options, before, session);
  const code = await askCode(options, session);
  const connection = openConnection(service, options.ca === undefined ? {} : { caFile: options.ca });
  try {
    const keys = fileKeyStore(directory);
    const deps = { connection, keys, pairings, prompts, tell, signal, agentVersion: agentVersion() };
    const pairing = await pair(deps, { service, code, ...(options.name !== undefined && { name: options.name }) });
    const key = await keys.load(pairing.thumbprint);
    if (!key) throw new Error('the key that was just paired is gone');
    const { workstation } = pairing;
    const paired = serviceFor(connection, { service, workstation, key });
    const { name, person, kind } = await awaitConfirmation({ service: paired, pairings, prompts, signal }, pairing);
    tell({ event: 'paired', workstation, name, person, kind, service });
    prompts.say(`This workstation is paired for ${printable(person)}. Jobs run while "keyvouch-agent run" does.`);
  } finally {
    await connection.close();
  }
}

/** What is given now goes before what is remembered, and that before a question. */
async function askService(options: PairOptions, before: PairingFile, { prompts, tell, signal }: Session) {
  const known = options.service ?? process.env['KEYVOUCH_SERVICE'] ?? before.service;
  if (known) return serviceUrl(known);
  tell({ event: 'need-service' });
  return serviceUrl(await prompts.ask('Address of the Keyvouch service:', signal));
}

async function askCode({ code }: PairOptions, { prompts, tell, signal }: Session): Promise<PairingCodeParts> {
  const given = code === undefined ? undefined : parsePairingCode(code);
  if (given) return given;
  for (let question = 0; code === undefined && question < QUESTIONS; question++) {
    const typed = parsePairingCode(await askOnce(prompts, () => tell({ event: 'need-code' }), signal));
    if (typed) return typed;
    prompts.say('A pairing code looks like K7Q2-M9DX-4TRH.');
  }
  throw new Fault({
    code: 'pairing-code-odd',
    say: 'This is no pairing code.',
    todo: 'Type "pair" in the chat with Keyvouch and copy the code from there; it looks like K7Q2-M9DX-4TRH.',
  });
}

function askOnce(prompts: Prompts, told: () => void, signal: AbortSignal): Promise<string> {
  told();
  return prompts.ask('Pairing code from the chat (type "pair" there):', signal);
}
