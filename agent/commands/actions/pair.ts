import { printable } from '../../operations/printable';
import { type Prompts } from '../../operations/prompts';
import { Fault } from '../../protocol/fault';
import { type PairingCodeParts, parsePairingCode } from '../../protocol/pairing-code';
import { awaitConfirmation } from '../../service/await-confirmation';
import { openConnection } from '../../service/connection';
import { dataDirectory } from '../../service/data-directory';
import { pair } from '../../service/pair';
import { type Pairing, type PairingFile, pairingStore } from '../../service/pairing-file';
import { refuseRemoteSession } from '../../service/remote-session';
import { serviceFor } from '../../service/service';
import { serviceUrl } from '../../service/service-url';
import { workstationKeyStore } from '../../service/workstation-key-store';
import { type PairOptions } from '../pair';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agentVersion } from '../version';
import { declined } from './agree';

const QUESTIONS = 3;

/** Pairs, and waits until the person has confirmed it in the chat. */
export async function pairHere(options: PairOptions, session: Session): Promise<Outcome<'pair'>> {
  refuseRemoteSession(options.allowRemote === true);
  const { prompts, tell, signal } = session;
  const directory = dataDirectory(options.data);
  const pairings = pairingStore(directory);
  const before = await pairings.read();
  if (before.pairing?.state === 'active' && !options.yes) {
    const { name, person } = before.pairing;
    const asked = `This workstation is paired already ("${printable(name)}", ${printable(person)}). Pair it anew?`;
    if (!(await prompts.confirm(asked, signal))) throw declined();
  }
  const service = await askService(options, before, session);
  const connection = openConnection(service, options.ca === undefined ? {} : { caFile: options.ca });
  try {
    const keys = workstationKeyStore(directory);
    const deps = { connection, keys, pairings, prompts, tell, signal, agentVersion: agentVersion() };
    const pairing = await pairByCode(options, session, (code) =>
      pair(deps, { service, code, ...(options.name !== undefined && { name: options.name }) }),
    );
    const key = await keys.load(pairing.thumbprint);
    if (!key) throw new Error('the key that was just paired is gone');
    const { workstation } = pairing;
    const paired = serviceFor(connection, { service, workstation, key });
    const { name, person, kind } = await awaitConfirmation({ service: paired, pairings, prompts, signal }, pairing);
    tell({ event: 'paired', workstation, name, person, kind, service });
    prompts.say(`This workstation is paired for ${printable(person)}. Jobs run while "keyvouch-agent run" does.`);
    return { document: { paired: { workstation, name, person, kind, service } } };
  } finally {
    await connection.close();
  }
}

/** Pairs with the code that is given or typed; one that was mistyped is asked for again. */
async function pairByCode(
  options: PairOptions,
  session: Session,
  use: (code: PairingCodeParts) => Promise<Pairing>,
): Promise<Pairing> {
  for (let question = 1; ; question++) {
    const code = await askCode(options, session);
    try {
      return await use(code);
    } catch (error) {
      const typed = error instanceof Fault && error.code === 'pairing-code-wrong' && options.code === undefined;
      if (!typed || question === QUESTIONS) throw error;
      session.prompts.say(`${error.say} Look at the chat and type it again; for a new one type "pair" there.`);
    }
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
