import { ZodError } from 'zod';
import { Fault, type FaultDetails } from '../../../agent/protocol/fault';
import { type Flight, type Trouble } from './call';
import { safeMessage, type Problem } from './problem';

type Words = Pick<FaultDetails, 'code' | 'say' | 'todo' | 'retry'>;

const TROUBLE: Readonly<Record<Trouble['kind'], Words>> = {
  'no-token': {
    code: 'graph-no-token',
    say: 'Keyvouch could not sign in to Microsoft Entra.',
    todo: "Try again in a few minutes; if it stays so, an administrator checks the service's identity in Azure.",
    retry: true,
  },
  'wrong-origin': {
    code: 'graph-wrong-origin',
    say: 'A link led away from Microsoft Graph, so it was not followed.',
    todo: 'Tell an administrator: the Graph address in the settings must be https and right.',
  },
  timeout: {
    code: 'graph-timeout',
    say: 'Microsoft Entra did not answer in time.',
    todo: 'Try again in a minute.',
    retry: true,
  },
  network: {
    code: 'graph-unreachable',
    say: 'Microsoft Entra could not be reached.',
    todo: 'Try again in a few minutes.',
    retry: true,
  },
  'too-long': {
    code: 'graph-odd-reply',
    say: 'Microsoft Entra sent more than Keyvouch can take.',
    todo: 'Tell an administrator, with the request id.',
  },
};

function wordsFor({ status, code }: Problem): Words {
  if (LICENCE.test(code)) return NO_LICENCE;
  if (status === 429) {
    return {
      code: 'graph-throttled',
      say: 'Microsoft Entra asks for a pause: too many requests just now.',
      todo: 'Wait a moment; Keyvouch goes on by itself where it can.',
      retry: true,
    };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'graph-denied',
      say: 'Microsoft Entra does not let Keyvouch do this.',
      todo: 'An administrator checks the permissions that Keyvouch was given (infra/azure/README.md).',
    };
  }
  if (status === 404) {
    return {
      code: 'graph-not-found',
      say: 'Microsoft Entra does not know what was asked for.',
      todo: 'Check that it still exists, then try again.',
    };
  }
  if (status === 408 || status >= 500) {
    return {
      code: 'graph-unreachable',
      say: 'Microsoft Entra has trouble answering.',
      todo: 'Try again in a few minutes.',
      retry: true,
    };
  }
  if (status < 400) return ODD;
  return {
    code: 'graph-refused',
    say: 'Microsoft Entra refused the request.',
    todo: 'Tell an administrator, with the request id.',
  };
}

const ODD: Words = {
  code: 'graph-odd-reply',
  say: 'Microsoft Entra gave an answer that Keyvouch does not understand.',
  todo: 'Try again; if it stays so, tell an administrator, with the request id.',
};

/** Graph refuses PIM in a tenant without Entra ID P2, and the sign-in log in one without P1, by these codes. */
const LICENCE = /PremiumLicenseRequired|PimLicenseRequired|NonPremiumTenant/i;
const NO_LICENCE: Words = {
  code: 'graph-not-licensed',
  say: 'The tenant has no licence for this part of Microsoft Entra.',
  todo: 'An administrator switches Privileged Identity Management off in the settings where there is no Entra ID P2.',
};

/** What happened to a call that has no good reply. */
export type Failure =
  | { trouble: Trouble }
  | { problem: Problem; graphRequestId?: string | undefined; retryAfterMs?: number | undefined }
  | { odd: unknown; status: number; graphRequestId?: string | undefined };

/**
 * The {@link Fault} of a failed call. `facts.ambiguous` is true when the request may have taken effect: it was a write,
 * it may have reached Graph, and no clear refusal came back. Bodies, tokens and addresses are never part of it.
 */
export function faultOf(flight: Flight, failure: Failure): Fault {
  const words = wordsOf(flight, failure);
  const facts = {
    operation: flight.call.operation,
    requestId: flight.requestId,
    attempts: flight.attempts,
    ...reported(failure),
    ...(isAmbiguous(flight, failure) ? { ambiguous: true } : {}),
    ...words.facts,
  };
  return new Fault({
    ...words,
    facts,
    ...('retryAfterMs' in failure && failure.retryAfterMs !== undefined ? { retryAfterMs: failure.retryAfterMs } : {}),
    ...('trouble' in failure ? { cause: failure.trouble.cause } : {}),
  });
}

function wordsOf(flight: Flight, failure: Failure): Words & Pick<FaultDetails, 'facts'> {
  if ('trouble' in failure) return TROUBLE[failure.trouble.kind];
  if ('odd' in failure) return ODD;
  return flight.call.explain?.(failure.problem) ?? wordsFor(failure.problem);
}

function reported(failure: Failure): Record<string, string | number> {
  if ('trouble' in failure) return {};
  const id: Record<string, string> =
    failure.graphRequestId === undefined ? {} : { graphRequestId: failure.graphRequestId };
  if ('odd' in failure) return { status: failure.status, ...id, ...whereOdd(failure.odd) };
  const { status, code, message } = failure.problem;
  return {
    status,
    ...id,
    ...(code === '' ? {} : { graphCode: safeMessage(code) }),
    ...(message === '' ? {} : { graphMessage: safeMessage(message) }),
  };
}

/** Which member of the reply was not as documented: its place alone, since its value may be a secret. */
function whereOdd(odd: unknown): Record<string, string> {
  const issue = odd instanceof ZodError ? odd.issues[0] : undefined;
  return issue === undefined ? {} : { where: `${issue.path.join('.')} ${issue.code}`.trim() };
}

function isAmbiguous(flight: Flight, failure: Failure): boolean {
  if (flight.call.repeat === 'read') return false;
  if ('trouble' in failure) return failure.trouble.sent;
  if ('odd' in failure) return true;
  return failure.problem.status === 408 || failure.problem.status >= 500;
}
