import { Fault } from '../protocol/fault';

/** No broker runs for this user, or it does not answer. */
export function brokerMissing(cause?: unknown): Fault {
  return new Fault({
    code: 'device-broker-missing',
    say: 'The Keyvouch broker, which opens security keys for you here, does not run.',
    todo: 'Ask your administrator to start it: keyvouch-agent broker --for YOUR-USER-NAME.',
    retry: true,
    cause,
  });
}

/** What stands in the broker's place may be somebody else's; nothing was told to it. */
export function brokerNotTrusted(detail: string, cause?: unknown): Fault {
  return new Fault({
    code: 'device-broker-not-trusted',
    say: `What answers in the place of the Keyvouch broker is not to be trusted: ${detail}.`,
    todo: 'Do not go on; report this to your administrator.',
    facts: { detail },
    cause,
  });
}

/** The broker ended the conversation before it let us in. */
export function brokerRefused(cause?: unknown): Fault {
  return new Fault({
    code: 'device-broker-refused',
    say: 'The Keyvouch broker does not let this user in.',
    todo: 'Ask your administrator to start it again for you: keyvouch-agent broker --for YOUR-USER-NAME.',
    retry: true,
    cause,
  });
}

/** Two brokers for one user would take each other's place. */
export function brokerRunsAlready(socket: string): Fault {
  return new Fault({
    code: 'device-broker-runs-already',
    say: `A Keyvouch broker runs for this user already (${socket}).`,
    todo: 'Use that one, or end it first.',
  });
}

/** The broker cannot set up its place. */
export function brokerCannotStart(detail: string, todo: string, cause?: unknown): Fault {
  return new Fault({
    code: 'device-broker-cannot-start',
    say: `The Keyvouch broker cannot start: ${detail}.`,
    todo,
    facts: { detail },
    cause,
  });
}

/** The agent asked for what is not the broker's to give. */
export function brokerNotAllowed(what: string): Fault {
  return new Fault({
    code: 'device-broker-not-allowed',
    say: `The Keyvouch broker does not carry this: ${what}.`,
    todo: 'Report this to your helpdesk: the agent asked for something that it should not.',
    facts: { what },
  });
}
