import { Fault } from '../../agent/protocol/fault';

/** A request that is not what it should be: malformed, unsigned, replayed, by a workstation that is not active. */
export function badRequest(code: string, say: string, cause?: unknown): Fault {
  return new Fault({
    code,
    say,
    todo: 'Update the Keyvouch agent and try again; if it stays so, pair the workstation anew.',
    cause,
  });
}

export function notPaired(): Fault {
  return new Fault({
    code: 'workstation-not-paired',
    say: 'This workstation is not paired with Keyvouch, or has been removed.',
    todo: 'Type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.',
  });
}
