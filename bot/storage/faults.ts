import { RestError } from '@azure/data-tables';
import { Fault } from '../../agent/protocol/fault';

/** The storage did not answer in time, or said it could not. Whether a write happened is not known. */
export function unreachable(cause: unknown): Fault {
  return new Fault({
    code: 'storage-unreachable',
    say: 'Keyvouch cannot reach its storage right now.',
    todo: 'Try again in a minute. If it stays so, an administrator should look at the storage account.',
    retry: true,
    cause,
  });
}

/** A row whose seal does not hold: nobody but this service writes such rows, so somebody else did. Never acted upon. */
export function tampered(kind: string, pk: string, rk: string): Fault {
  return new Fault({
    code: 'storage-tampered',
    say: 'A stored record was changed by something other than Keyvouch, so Keyvouch does not act on it.',
    todo: 'Tell your security team: somebody can write to the storage account of Keyvouch.',
    facts: { kind, pk, rk },
  });
}

/** A row that is not what it should be, though no seal speaks against it; or one that the service would not take. */
export function oddRow(why: string, facts: Record<string, string | number>, cause?: unknown): Fault {
  return new Fault({
    code: 'storage-odd-row',
    say: 'A record in the storage has a form that Keyvouch does not understand.',
    todo: 'Tell an administrator; the log says which record it is.',
    facts: { why, ...facts },
    cause,
  });
}

/** A row, or a transaction, that is larger than Azure Tables takes. */
export function tooLarge(what: 'entity' | 'transaction', why: string, facts: Record<string, string | number>): Fault {
  return new Fault({
    code: `storage-full-${what}`,
    say: 'This ticket has grown too large to be stored.',
    todo: 'Close it and open a new ticket.',
    facts: { why, ...facts },
  });
}

function refused(status: number, cause: unknown): Fault {
  return new Fault({
    code: 'storage-refused',
    say: 'The storage does not let Keyvouch in.',
    todo: "Give Keyvouch's identity the role Storage Table Data Contributor on the storage account.",
    facts: { status },
    cause,
  });
}

/** The HTTP status of an error of the tables SDK; undefined where there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.statusCode : undefined;
}

/** What an error of the tables SDK means. 404, 409 and 412 have a meaning of their own, which the caller knows. */
export function toFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const status = statusOf(error);
  if (status === undefined || status === 408 || status === 429 || status >= 500) return unreachable(error);
  if (status === 401 || status === 403) return refused(status, error);
  const code = error instanceof RestError ? (error.code ?? '') : '';
  return oddRow('refused by the service', { status, code }, error);
}
