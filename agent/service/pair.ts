import { hostname, release } from 'node:os';
import { Fault } from '../protocol/fault';
import { fingerprintWords } from '../protocol/fingerprint';
import { type PairingCodeParts } from '../protocol/pairing-code';
import { type Prompts } from '../operations/prompts';
import { printable } from '../operations/printable';
import { type Tell } from './agent-event';
import { type Connection } from './connection';
import { type KeyStore, type WorkstationKey } from './key-store';
import { type Pairing, type PairingStore } from './pairing-file';
import { firstPins } from './pinned-keys';
import { retrying } from './retrying';
import { askToPair } from './service';

export interface PairDeps {
  connection: Connection;
  keys: KeyStore;
  pairings: PairingStore;
  prompts: Prompts;
  tell: Tell;
  agentVersion: string;
  signal?: AbortSignal | undefined;
}

/**
 * Makes a key here and has the service take it in with a pairing code. The workstation is of no use before the person
 * has compared the words in the chat and confirmed. Whatever was paired before stays until the service has answered.
 * @throws Fault `pairing-code-wrong`, `clock-off`, `service-unreachable` …
 */
export async function pair(
  deps: PairDeps,
  asked: { service: string; code: PairingCodeParts; name?: string },
): Promise<Pairing> {
  const { connection, keys, pairings, signal } = deps;
  const { service, code } = asked;
  const about = {
    ...code,
    name: nameOf(asked.name ?? hostname()),
    platform: `${process.platform} ${release()}`.slice(0, 64),
    agentVersion: deps.agentVersion.slice(0, 32),
  };
  const key = await candidate(keys, pairings);
  const ask = (with_: WorkstationKey) =>
    retrying(() => askToPair(connection, service, with_, about, signal), {
      attempts: 4,
      signal,
      onRetry: ({ say }) => deps.prompts.say(`${say} Trying again …`),
    });
  const { key: used, reply } = await ask(key).then(
    (answer) => ({ key, reply: answer }),
    async (error: unknown) => {
      // A candidate that was confirmed or removed since: its time is over.
      if (!(error instanceof Fault) || error.code !== 'workstation-key-used') throw error;
      await pairings.write({ ...(await pairings.read()), candidate: undefined });
      const fresh = await candidate(keys, pairings);
      return { key: fresh, reply: await ask(fresh) };
    },
  );
  const pairing: Pairing = {
    service,
    workstation: reply.workstation,
    name: about.name,
    person: reply.person,
    kind: reply.kind,
    state: 'pairing',
    thumbprint: used.thumbprint,
    pinned: await firstPins(reply.serviceKeys),
    pairedAt: new Date().toISOString(),
  };
  const before = await pairings.read();
  await pairings.write({ service, pairing });
  for (const old of [before.pairing?.thumbprint, before.pairing?.next]) {
    if (old !== undefined && old !== used.thumbprint) await keys.remove(old);
  }
  showWords(deps, pairing);
  return pairing;
}

/** Shows what the person compares with the chat. */
export function showWords({ prompts, tell }: Pick<PairDeps, 'prompts' | 'tell'>, pairing: Pairing): void {
  const { thumbprint, workstation, name, person } = pairing;
  const words = fingerprintWords(thumbprint);
  tell({ event: 'words', words, workstation, name, person });
  prompts.say(`This workstation ("${printable(name)}") was taken in for ${printable(person)}. Its words are:`);
  prompts.say(`    ${words.join('  ')}`);
  prompts.say('Compare them with the words in the chat with Keyvouch, and confirm there.');
}

/** The key that a pairing without an answer was tried with; the service knows it again by that. Else a new one. */
async function candidate(keys: KeyStore, pairings: PairingStore): Promise<WorkstationKey> {
  const file = await pairings.read();
  const before = file.candidate === undefined ? undefined : await keys.load(file.candidate);
  if (before) return before;
  const key = await keys.make();
  await pairings.write({ ...file, candidate: key.thumbprint });
  return key;
}

function nameOf(text: string): string {
  return printable(text).trim().slice(0, 64).trim() || 'workstation';
}
