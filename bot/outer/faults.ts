import { Fault } from '../../agent/protocol/fault';

/** A refusal of the outer system has no more than this of its own words in the log: names of fields, a status. */
type Facts = Readonly<Record<string, string | number>>;

/** No answer, or one that says "not now". Whether it was taken is not known. */
export function unreachable(facts: Facts, retryAfterMs?: number, cause?: unknown): Fault {
  return new Fault({
    code: 'outer-unreachable',
    say: 'The outer ticket system does not answer.',
    todo: 'Keyvouch goes on trying by itself.',
    retry: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    facts,
    cause,
  });
}

/** It has too much to do, and has taken nothing (429). */
export function busy(retryAfterMs: number | undefined): Fault {
  return new Fault({
    code: 'outer-busy',
    say: 'The outer ticket system has too much to do.',
    todo: 'Keyvouch goes on by itself when it may.',
    retry: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    facts: { status: 429 },
  });
}

/** It answered, and not in a way that its interface describes. Whether it was taken is not known. */
export function oddReply(why: string, cause?: unknown): Fault {
  return new Fault({
    code: 'outer-odd-reply',
    say: 'The outer ticket system gave an answer that Keyvouch does not understand.',
    todo: 'Tell an administrator; the log says what was odd.',
    retry: true,
    facts: { why },
    cause,
  });
}

/** 401, 403: it does not know Keyvouch, or not its rights. */
export function signInRefused(status: number): Fault {
  return new Fault({
    code: 'outer-sign-in',
    say: 'The outer ticket system does not let Keyvouch in.',
    todo: 'An administrator should look at its account there, and at the secret in the vault.',
    facts: { status },
  });
}

/** 404, 410: what was to be told is not there any more. */
export function gone(status: number): Fault {
  return new Fault({
    code: 'outer-gone',
    say: 'The outer ticket system has nothing at the address that Keyvouch was given.',
    todo: 'An administrator should look at the address in the settings.',
    facts: { status },
  });
}

/** Another 4xx: what it was sent, it does not want. */
export function refused(status: number, fields: readonly string[] = []): Fault {
  return new Fault({
    code: 'outer-refused',
    say: 'The outer ticket system did not take what Keyvouch told it.',
    todo: 'An administrator should look at the fields in the settings; the log names them.',
    facts: { status, ...(fields.length > 0 && { fields: fields.join(', ').slice(0, 200) }) },
  });
}

/** The event is there, and only what was to follow it is not: the next try must not tell it again. */
export function halfTold({ code, say, todo, retry, retryAfterMs, facts, cause }: Fault): Fault {
  const when = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new Fault({ code, say, todo, retry, ...when, facts: { ...facts, halfTold: true }, cause });
}

/** An address that is not called: inside a network, or one that leads elsewhere. */
export function addressRefused(why: string): Fault {
  return new Fault({
    code: 'outer-address',
    say: 'Keyvouch does not call the address of the outer ticket system, because it leads where it should not.',
    todo: 'An administrator should look at the address in the settings.',
    facts: { why },
  });
}

/** The other side could not show who it is. */
export function certificateBad(cause: unknown): Fault {
  return new Fault({
    code: 'outer-certificate',
    say: 'The outer ticket system could not prove who it is, so Keyvouch told it nothing.',
    todo: 'An administrator should look at the certificate of that address.',
    cause,
  });
}

/** Its secret is not in the vault. */
export function secretMissing(name: string): Fault {
  return new Fault({
    code: 'outer-secret',
    say: 'Keyvouch has no secret for the outer ticket system.',
    todo: 'An administrator should put it into the vault.',
    facts: { name },
  });
}
