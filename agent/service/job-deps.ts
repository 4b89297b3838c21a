import { type Prompts } from '../operations/prompts';
import { type Tell } from './agent-event';
import { type JobJournal } from './job-journal';
import { type Service } from './service';

/** What running a job takes. */
export interface JobDeps {
  service: Service;
  journal: JobJournal;
  prompts: Prompts;
  tell: Tell;
  /** Addresses from `--device`. */
  devices: readonly string[];
  signal?: AbortSignal | undefined;
  lookEveryMs?: number;
}
