import { randomBytes } from 'node:crypto';
import { type Answer, type Asked, serve, type Served } from './serve';

export interface ServiceNowOptions {
  /** User and password for Basic, and client id and secret for OAuth. */
  user: string;
  password: string;
  /** Fields without which a record is refused, as a data policy does. */
  mandatory?: readonly string[];
  /** Seconds that a token lives. Default 1799, as an instance of today says. */
  tokenSeconds?: number;
  now?: () => number;
}

export type Row = Record<string, string>;

export interface ServiceNow extends Served {
  /** The records of a table, oldest first. */
  rows(table?: string): Row[];
  /** The work notes of a record, oldest first. */
  notes(sysId: string): string[];
  /** Every token that was given out is void from now on. */
  revokeTokens(): void;
}

const error = (status: number, message: string, detail = ''): Answer => ({
  status,
  body: { error: { message, detail }, status: 'failure' },
});

/** What is longer is cut off without a word, as the platform does with its text columns. */
const LENGTHS: Readonly<Record<string, number>> = { short_description: 160, correlation_id: 100, close_notes: 4000 };

/** A part of an encoded query: `field=value^…^ORDERBYfield`. */
function fits(row: Row, query: string): boolean {
  return query
    .split('^')
    .filter((part) => !part.startsWith('ORDERBY'))
    .every((part) => {
      const at = part.indexOf('=');
      return at < 0 || (row[part.slice(0, at)] ?? '') === part.slice(at + 1);
    });
}

/** An instance of ServiceNow, as far as its Table API is used: what the public reference says, also of what goes wrong. */
export async function startServiceNow(options: ServiceNowOptions): Promise<ServiceNow> {
  const { user, password, mandatory = [], tokenSeconds = 1799, now = Date.now } = options;
  const tables = new Map<string, Row[]>();
  const journal = new Map<string, string[]>();
  /** Until when each holds. */
  const tokens = new Map<string, number>();
  let count = 10_000;

  function token({ body }: Asked): Answer {
    const form = new URLSearchParams(body);
    const known = form.get('client_id') === user && form.get('client_secret') === password;
    if (form.get('grant_type') !== 'client_credentials' || !known)
      return { status: 401, body: { error: 'server_error', error_description: 'access_denied' } };
    const value = randomBytes(32).toString('base64url');
    tokens.set(value, now() + tokenSeconds * 1000);
    return {
      status: 200,
      body: { access_token: value, token_type: 'Bearer', expires_in: tokenSeconds, scope: 'useraccount' },
    };
  }

  function isSignedIn({ authorization = '' }: Asked['headers']): boolean {
    const [scheme, value = ''] = authorization.split(' ');
    if (scheme === 'Bearer') return (tokens.get(value) ?? 0) > now();
    return scheme === 'Basic' && Buffer.from(value, 'base64').toString('utf8') === `${user}:${password}`;
  }

  /** A resolved or closed incident must say how it came to that. */
  function problemOf(row: Row): Answer | undefined {
    const missing = mandatory.filter((name) => !row[name]);
    const ended = ['6', '7'].includes(row['state'] ?? '')
      ? ['close_code', 'close_notes'].filter((name) => !row[name])
      : [];
    const [first] = [...missing, ...ended];
    if (first === undefined) return undefined;
    return error(403, 'Operation Failed', `Data Policy Exception: the following fields are mandatory: ${first}`);
  }

  function shown(row: Row, { query }: Asked): Row {
    const wanted = query.get('sysparm_fields')?.split(',');
    const entries = journal.get(row['sys_id'] ?? '') ?? [];
    // A journal field is empty as a value, and all its entries when it is displayed.
    const notes = query.get('sysparm_display_value') === 'true' ? [...entries].reverse().join('\n\n') : '';
    const whole: Row = { ...row, work_notes: notes };
    return wanted ? Object.fromEntries(wanted.map((name) => [name, whole[name] ?? ''])) : whole;
  }

  function write(row: Row, body: string): Answer | undefined {
    const { work_notes: note, ...fields } = JSON.parse(body) as Row;
    const problem = problemOf({ ...row, ...fields });
    if (problem) return problem;
    for (const [name, value] of Object.entries(fields)) row[name] = value.slice(0, LENGTHS[name]);
    const id = row['sys_id'] ?? '';
    if (note) journal.set(id, [...(journal.get(id) ?? []), note]);
    return undefined;
  }

  function create(table: string, asked: Asked): Answer {
    count += 1;
    const row: Row = { sys_id: randomBytes(16).toString('hex'), number: `INC00${count}`, state: '1' };
    const problem = write(row, asked.body);
    if (problem) return problem;
    tables.set(table, [...(tables.get(table) ?? []), row]);
    return { status: 201, body: { result: shown(row, asked) } };
  }

  function one(table: string, id: string, asked: Asked): Answer {
    const row = tables.get(table)?.find(({ sys_id }) => sys_id === id);
    if (!row) return error(404, 'No Record found', "Record doesn't exist or ACL restricts the record retrieval");
    const problem = asked.method === 'PATCH' ? write(row, asked.body) : undefined;
    return problem ?? { status: 200, body: { result: shown(row, asked) } };
  }

  function work(asked: Asked): Answer {
    if (asked.path === '/oauth_token.do') return token(asked);
    if (!isSignedIn(asked.headers)) return error(401, 'User Not Authenticated', 'Required to provide Auth information');
    const [, table, id] = /^\/api\/now\/table\/([a-z0-9_]+)(?:\/([0-9a-f]{32}))?$/.exec(asked.path) ?? [];
    if (table === undefined) return error(400, 'Requested URI does not represent any resource');
    if (id !== undefined) return one(table, id, asked);
    if (asked.method === 'POST') return create(table, asked);
    const found = (tables.get(table) ?? []).filter((row) => fits(row, asked.query.get('sysparm_query') ?? ''));
    const limit = Number(asked.query.get('sysparm_limit') ?? '10000');
    return { status: 200, body: { result: found.slice(0, limit).map((row) => shown(row, asked)) } };
  }

  return {
    ...(await serve(work)),
    rows: (table = 'incident') => tables.get(table) ?? [],
    notes: (sysId) => journal.get(sysId) ?? [],
    revokeTokens: () => {
      tokens.clear();
    },
  };
}
