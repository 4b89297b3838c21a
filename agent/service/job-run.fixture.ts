import { deviceAt } from '../hid/devices';
import { type Key, openKey } from '../operations/key';
import { type Prompts } from '../operations/prompts';
import { type Script, scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { type ResultRequest } from '../protocol/messages';
import { type JournalEntry, openJournal } from './job-journal';
import { runJobs } from './run-jobs';
import { type Service } from './service';
import { open, type paired } from './workstation.fixture';

export const PIN = 'grün-4711';

export type Station = Awaited<ReturnType<typeof paired>>;

/** What is started for a test, and closed when it is over. */
export async function running<T extends { close(): unknown }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  open.push(async () => {
    await started.close();
  });
  return started;
}

/** A virtual key, as far as a run of the agent meets it. */
interface PluggedKey {
  readonly port: number;
  readonly attestationRootPem: string;
  power(on: boolean): Promise<void>;
}

/** The service of bot/workstations, as far as a run of the agent meets it. */
interface Offering<T = unknown> {
  switches: { roots: string[] };
  results: readonly ResultRequest[];
  /** The results as the service has read them. */
  read: readonly T[];
  offer(workstation: string, change?: Record<string, unknown>): Promise<string>;
}

/** The number that the chat of these tests always shows. */
const NUMBER = '42';

export const addressOf = ({ port }: Pick<PluggedKey, 'port'>) => `tcp:127.0.0.1:${port}`;

/** A person who unplugs the key and plugs it in again when told. */
export const replugs = (key: PluggedKey) => (text: string) =>
  /^(Unplug|Plug the same)/.test(text) ? key.power(!text.startsWith('Unplug')) : undefined;

/** What a test sees or does on the key while the agent is not there. */
export async function onKey<T>(key: PluggedKey, work: (opened: Key) => Promise<T>): Promise<T> {
  const opened = await openKey(deviceAt(addressOf(key)));
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

export interface RunMore {
  script?: Script;
  signal?: AbortSignal;
  client?: Service;
  /** What the person does when something goes on, such as unplugging. */
  does?: (text: string) => unknown;
  /** What the person does while a question of yes or no stands. */
  asked?: (question: string) => Promise<void>;
  devices?: string[];
  /** Milliseconds without a job after which the run ends. Default 0. */
  idleMs?: number;
  /** Stands in for a process that is killed right before, or right after, the journal has noted a phase. */
  die?: { when: 'before' | 'after'; phase: string };
}

/** The error with which a killed process ends, as far as a test can tell. */
export const KILLED = new Error('the process is killed');

/** One run of the agent, from its journal on disk to its end. */
export async function run({ at, pairing, client }: Station, key: PluggedKey, more: RunMore = {}) {
  const scripted = scriptedPrompts(more.script ?? { pins: [PIN, PIN], answers: [NUMBER] });
  const prompts: Prompts & typeof scripted = {
    ...scripted,
    progress(text) {
      void more.does?.(text);
      return scripted.progress(text);
    },
    async confirm(question, signal) {
      await more.asked?.(question);
      return scripted.confirm(question, signal);
    },
  };
  const journal = await openJournal(at.directory);
  const { die } = more;
  const deps = {
    ...at,
    prompts,
    service: more.client ?? client,
    journal: {
      ...journal,
      floor: journal.floor,
      async update(entry: JournalEntry) {
        if (die?.when === 'before' && die.phase === entry.phase) throw KILLED;
        const updated = await journal.update(entry);
        if (die?.when === 'after' && die.phase === entry.phase) throw KILLED;
        return updated;
      },
    },
    devices: more.devices ?? [addressOf(key)],
    signal: more.signal,
    lookEveryMs: 20,
  };
  return { prompts, settled: await runJobs(deps, pairing, { once: true, untilIdleMs: more.idleMs ?? 0 }) };
}

/** A key with a passkey for Ada on it, made by a job. @returns the passkey's id as Entra would spell it */
export async function registered(chat: Offering, station: Station, key: PluggedKey): Promise<string> {
  chat.switches.roots = [key.attestationRootPem];
  await chat.offer(station.pairing.workstation);
  await run(station, key);
  const made = chat.results.findLast((result) => result.outcome === 'made');
  if (made?.outcome !== 'made') throw new Error('no passkey was made');
  return made.credentialId;
}

/** Lays a job ready and runs it, with the right number unless the script has another. */
export async function job<T>(
  { chat, key, station }: { chat: Offering<T>; key: PluggedKey; station: Station },
  change: Record<string, unknown>,
  more: RunMore = {},
) {
  await chat.offer(station.pairing.workstation, change);
  const script = { ...more.script, answers: more.script?.answers ?? [NUMBER] };
  return { ...(await run(station, key, { ...more, script })), read: chat.read.at(-1) };
}
