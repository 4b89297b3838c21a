import { printable } from '../../operations/printable';
import { openConnection } from '../../service/connection';
import { dataDirectory } from '../../service/data-directory';
import { type Settled } from '../../service/deliver-result';
import { openJournal } from '../../service/job-journal';
import { notPaired } from '../../service/not-paired';
import { showWords } from '../../service/pair';
import { type Pairing, pairingStore } from '../../service/pairing-file';
import { refuseRemoteSession } from '../../service/remote-session';
import { runJobs } from '../../service/run-jobs';
import { takeRunLock } from '../../service/run-lock';
import { serviceFor } from '../../service/service';
import { workstationKeyStore } from '../../service/workstation-key-store';
import { EXIT } from '../exit-status';
import { type RunCommandOptions } from '../run';
import { type Outcome } from '../run-command';
import { type Session } from '../session';

/** Runs jobs while they are wanted. */
export async function runHere(options: RunCommandOptions, session: Session): Promise<Outcome<'run'>> {
  refuseRemoteSession(options.allowRemote === true);
  const directory = dataDirectory(options.data);
  const pairings = pairingStore(directory);
  const { pairing } = await pairings.read();
  const keys = workstationKeyStore(directory);
  const key = pairing && (await keys.load(pairing.thumbprint));
  if (!pairing || !key) throw notPaired();
  const unlock = await takeRunLock(directory);
  const connection = openConnection(pairing.service, options.ca === undefined ? {} : { caFile: options.ca });
  try {
    greet(pairing, session);
    const { service: url, workstation } = pairing;
    const service = serviceFor(connection, { service: url, workstation, key });
    const journal = await openJournal(directory);
    const { prompts, tell, signal } = session;
    const deps = { prompts, tell, signal, service, journal, pairings, keys, devices: options.device };
    const { once = false, untilIdle } = options;
    const untilIdleMs = untilIdle === undefined ? undefined : untilIdle * 1000;
    const settled = await runJobs(deps, pairing, { once, untilIdleMs });
    const jobs = settled.map(({ state, code }) => ({ state, code: code ?? null }));
    return { document: { jobs }, status: statusOf(settled) };
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
