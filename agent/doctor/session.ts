import { Fault } from '../protocol/fault';
import { refuseRemoteSession } from '../service/remote-session';
import { type Finding, ok, stopFor } from './finding';

/** Whether the person and the key are at this machine. */
export function sessionCheck(env: NodeJS.ProcessEnv, allowRemote: boolean): Finding {
  try {
    refuseRemoteSession(allowRemote, env);
    return ok('session', 'This is a session at the machine itself, as far as the session tells.');
  } catch (error) {
    if (error instanceof Fault) return stopFor('session', error);
    throw error;
  }
}
