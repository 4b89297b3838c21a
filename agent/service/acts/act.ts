import { type Key } from '../../operations/key';
import { type Prompts } from '../../operations/prompts';
import { type OpenRegistrar } from '../../platform/registrars';
import { type Act, type JobOf } from '../../protocol/job';
import { type StartReplyOf } from '../../protocol/messages';
import { type ResultOf } from '../../protocol/result';
import { type Tell } from '../agent-event';
import { type Writing } from '../job-journal';

/** What every act works with: a job whose number was typed. */
export interface JobContext {
  /** How the key is reached; registering can do without its line. */
  opened: OpenRegistrar;
  prompts: Prompts;
  signal?: AbortSignal | undefined;
  tell: Tell;
  /** Addresses from `--device`. */
  devices: readonly string[];
  /** Notes on disk what is about to be written; only then may it be. */
  writing(what: Writing): Promise<void>;
  /** The same for a passkey. */
  making(): Promise<void>;
  /** The key is another connection from now on: it was plugged in again. */
  holds(key: Key): void;
}

/** A started job of one act. */
export interface StartedJob<A extends Act> extends JobContext {
  job: JobOf<A>;
  start: StartReplyOf<A>;
}

/** The same for an act that needs the key's own line. */
export interface Started<A extends Act> extends StartedJob<A> {
  key: Key;
}

/** A result as an act gives it; which job it is of is put in by who runs it. */
export type Good<A extends Act> = { [B in A]: Omit<ResultOf<B>, 'jobDigest'> }[A];

/** What is left to do for whoever settles a job. */
export interface ActEnd<A extends Act = Act> {
  result: Good<A>;
  /** Takes a passkey that the service could not keep off the key. */
  remove?: () => Promise<void>;
  /** Lets go of what `remove` would need. */
  forget?: () => void;
}
