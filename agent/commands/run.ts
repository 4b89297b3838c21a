import { type Command, InvalidArgumentError } from 'commander';
import { Fault } from '../protocol/fault';
import { printable } from '../operations/printable';
import { openConnection } from '../service/connection';
import { dataDirectory } from '../service/data-directory';
import { type Settled } from '../service/deliver-result';
import { fileKeyStore } from '../service/file-key-store';
import { openJournal } from '../service/job-journal';
import { showWords } from '../service/pair';
import { type Pairing, pairingStore } from '../service/pairing-file';
import { refuseRemoteSession } from '../service/remote-session';
import { takeRunLock } from '../service/run-lock';
import { runJobs } from '../service/run-jobs';
import { serviceFor } from '../service/service';
import { deviceOption, pinFdOption } from './device-option';
import { EXIT } from './exit-status';
import { addServiceOptions, type ServiceOptions } from './service-options';
import { type Session, withSession } from './with-session';

interface RunCommandOptions extends ServiceOptions {
  once?: true;
  untilIdle?: number;
  device: string[];
  pinFd?: number;
}

/** Adds `run`: fetches the jobs of this workstation and runs them with the person who is there. */
export function addRun(program: Command): void {
  const command = program
    .command('run')
    .description('run the jobs that Keyvouch has for this workstation, while you wait')
    .option('--once', 'end after one job')
    .option('--until-idle <seconds>', 'end after so long without a job', seconds)
    .addOption(deviceOption())
    .addOption(pinFdOption());
  addServiceOptions(command).action((options: RunCommandOptions) =>
    withSession(options, (session) => runHere(options, session)),
  );
}

async function runHere(options: RunCommandOptions, session: Session): Promise<number> {
  refuseRemoteSession(options.allowRemote === true);
  const directory = dataDirectory(options.data);
  const pairings = pairingStore(directory);
  const { pairing } = await pairings.read();
  const key = pairing && (await fileKeyStore(directory).load(pairing.thumbprint));
  if (!pairing || !key) throw notPaired();
  const unlock = await takeRunLock(directory);
  const connection = openConnection(pairing.service, options.ca === undefined ? {} : { caFile: options.ca });
  try {
    greet(pairing, session);
    const { service: url, workstation } = pairing;
    const service = serviceFor(connection, { service: url, workstation, key });
    const journal = await openJournal(directory);
    const deps = { ...session, service, journal, pairings, devices: options.device };
    const { once = false, untilIdle } = options;
    const untilIdleMs = untilIdle === undefined ? undefined : untilIdle * 1000;
    return statusOf(await runJobs(deps, pairing, { once, untilIdleMs }));
  } finally {
    await connection.close();
    await unlock();
  }
}

function greet(pairing: Pairing, session: Session): void {
  if (pairing.state === 'pairing') return showWords(session, pairing);
  session.prompts.say(`Keyvouch agent on "${printable(pairing.name)}" for ${printable(pairing.person)}.`);
}

/** Of several jobs the last one counts: who runs it again after a failure wants to know how that ended. */
function statusOf(settled: readonly Settled[]): number {
  return settled.at(-1)?.state === 'failed' ? EXIT.failed : EXIT.done;
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('Not a number of seconds.');
  return value;
}

function notPaired(): Fault {
  return new Fault({
    code: 'not-paired',
    say: 'This workstation is not paired with Keyvouch.',
    todo: 'Type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.',
  });
}
