import { version } from '../../package.json';

/** The version of this agent, as it tells the service. */
export function agentVersion(): string {
  return version;
}
