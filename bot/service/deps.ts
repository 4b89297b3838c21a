import { type Entra } from '../entra';
import { type Keys } from '../keys/keys';
import { type Outer } from '../outer';
import { type Settings } from '../settings';
import { type Messenger } from './messenger';
import { type PasskeyStore } from './passkeys-port';
import { type ConversationStore, type TicketStore, type WorkstationStore } from './ports';

/** A line for the log: an event's name and facts that hold neither secrets nor people's words. */
export type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean | undefined>>) => void;

/** All that the service works with; functions/ puts it together, tests put their own in. */
export interface Deps {
  settings: Settings;
  tickets: TicketStore;
  workstations: WorkstationStore;
  conversations: ConversationStore;
  /** The public keys with which people can sign approvals. */
  passkeys: PasskeyStore;
  entra: Entra;
  keys: Keys;
  messenger: Messenger;
  /** Who is told of tickets outside of Teams; undefined: nobody. */
  outer?: Outer;
  now: () => Date;
  /** A new ULID. */
  newId: () => string;
  log: Log;
}

export function momentOf(deps: Pick<Deps, 'now'>): string {
  return deps.now().toISOString();
}
