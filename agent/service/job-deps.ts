import { type FindKeyOptions } from '../operations/find-key';
import { type Prompts } from '../operations/prompts';
import { type OpenRegistrar } from '../platform/registrars';
import { type Tell } from './agent-event';
import { type JobJournal } from './job-journal';
import { type PairingStore } from './pairing-file';
import { type Service } from './service';

/** What running a job takes. */
export interface JobDeps {
  service: Service;
  journal: JobJournal;
  /** Remembers the keys of approvers. */
  pairings: PairingStore;
  prompts: Prompts;
  tell: Tell;
  /** Addresses from `--device`. */
  devices: readonly string[];
  /** Whether the one who sits here is the one whose keys are set up here. */
  kind: 'own' | 'desk';
  signal?: AbortSignal | undefined;
  lookEveryMs?: number;
  /** Replaces how the key is reached here, for tests. */
  openRegistrar?: (find: FindKeyOptions) => Promise<OpenRegistrar>;
}
