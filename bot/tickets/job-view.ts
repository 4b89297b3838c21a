import { type Job, type Moment } from './ticket';

/** A job at a workstation, as cards show it. */
export interface JobView {
  id: string;
  /** Undefined: it registers a key. */
  act?: Job['act'];
  state: Job['state'];
  validUntil: Moment;
  code?: string;
}

export function jobView({ id, act, state, validUntil, code }: Job): JobView {
  return { id, state, validUntil, ...(act && { act }), ...(code && { code }) };
}
