import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedPrompts } from '../operations/scripted-prompts.fixture';
import { Fault } from '../protocol/fault';
import { parsePairingCode } from '../protocol/pairing-code';
import { type Secret } from '../protocol/secret';
import { type AgentEvent } from './agent-event';
import { awaitConfirmation } from './await-confirmation';
import { openConnection } from './connection';
import { fileKeyStore } from './file-key-store';
import { pair } from './pair';
import { type Pairing, pairingStore } from './pairing-file';
import { type Service, serviceFor } from './service';

/** The chat with the service, as far as pairing takes it. */
export interface Chat {
  url: string;
  newCode(kind?: 'own' | 'desk'): Promise<{ code: Secret }>;
  settle(workstation: string, state: 'active' | 'removed'): Promise<void>;
}

/** What is to be closed when a test is over, the last first. */
export const open: (() => Promise<unknown> | void)[] = [];
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** A workstation: a directory, and what its agent is made of. */
export function workstation(url: string) {
  const directory = mkdtempSync(join(tmpdir(), 'keyvouch-agent-'));
  const connection = openConnection(url);
  open.push(
    () => connection.close(),
    () => rmSync(directory, { recursive: true, force: true }),
  );
  const events: AgentEvent[] = [];
  return {
    directory,
    connection,
    events,
    tell: (event: AgentEvent) => void events.push(event),
    keys: fileKeyStore(directory),
    pairings: pairingStore(directory),
    agentVersion: '0.0.0',
  };
}
export type Workstation = ReturnType<typeof workstation>;

/** Pairs with a code from the chat, or with one that was typed. */
export async function pairAt(at: Workstation, chat: Chat, typed?: string): Promise<Pairing> {
  const code = parsePairingCode(typed ?? (await chat.newCode()).code.reveal());
  if (!code) throw new Error('no pairing code');
  return pair({ ...at, prompts: scriptedPrompts() }, { service: chat.url, code, name: 'ada-laptop' });
}

/** The API as a paired workstation calls it. */
export async function clientOf({ keys, connection }: Workstation, pairing: Pairing): Promise<Service> {
  const key = await keys.load(pairing.thumbprint);
  if (!key) throw new Error('no key');
  return serviceFor(connection, { service: pairing.service, workstation: pairing.workstation, key });
}

/** A workstation that was paired and confirmed. */
export async function paired(chat: Chat, kind: 'own' | 'desk' = 'own') {
  const at = workstation(chat.url);
  const pairing = await pairAt(at, chat, (await chat.newCode(kind)).code.reveal());
  await chat.settle(pairing.workstation, 'active');
  const client = await clientOf(at, pairing);
  const active = await awaitConfirmation(
    { service: client, pairings: at.pairings, prompts: scriptedPrompts() },
    pairing,
  );
  return { at, pairing: active, client };
}

/** The Fault with which something must end. */
export async function fault(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new Error(`expected a Fault, got ${String(error)}`);
  return error;
}
