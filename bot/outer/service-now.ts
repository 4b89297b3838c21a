import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { Secret } from '../../agent/protocol/secret';
import { type ServiceNowSettings } from '../outer-settings';
import { isOuterNumber } from '../tickets/outer';
import { basic } from './basic';
import { type Call, type Caller, jsonOf, type Reply } from './call';
import { oddReply } from './faults';
import { type OuterRecord, type TicketSystem } from './ticket-system';

const SysId = z.string().regex(/^[0-9a-f]{32}$/i);
const Record_ = z.object({ sys_id: SysId, number: z.string().refine(isOuterNumber) });
const One = z.object({ result: Record_ });
const Several = z.object({ result: z.array(Record_) });
const Notes = z.object({ result: z.object({ work_notes: z.string().default('') }) });
const State = z.object({ result: z.object({ state: z.string().default('') }) });
const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** A data policy or a business rule of the instance does not want the values: 403, as for missing rights. */
const POLICY = /Data Policy Exception|aborted by Business Rule/i;

/** A token is asked for anew this long before it ends. Milliseconds. */
const EARLY_MS = 60_000;

export interface ServiceNowParts {
  settings: ServiceNowSettings;
  call: Caller;
  /** The user's password, or the client's secret. */
  secret: () => Promise<Secret>;
  now: () => Date;
}

function parsed<T extends z.ZodTypeAny>(schema: T, reply: Reply): z.output<T> {
  const result = schema.safeParse(jsonOf(reply));
  if (!result.success) throw oddReply('not as the Table API answers', result.error);
  return result.data as z.output<T>;
}

/**
 * ServiceNow through its Table API (`/api/now/table/{table}`, "Table API" in ServiceNow's REST reference). A record is
 * found again by `correlation_id`, which the platform has for exactly that; notes are `work_notes`, which the caller of an
 * incident does not see. Its account needs to read, create and write the table, and nothing else.
 */
export function createServiceNow({ settings, call, secret, now }: ServiceNowParts): TicketSystem {
  const base = settings.url.replace(/\/+$/, '');
  const table = `${base}/api/now/table/${settings.table}`;
  let token: { value: Secret; until: number } | undefined;

  /** OAuth 2.0 client credentials (RFC 6749 §4.4) at the instance's `/oauth_token.do`. */
  async function bearer(): Promise<string> {
    if (!token || token.until <= now().getTime()) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.user,
        client_secret: (await secret()).reveal(),
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
      const reply = await call({ method: 'POST', url: `${base}/oauth_token.do`, headers, body: form.toString() });
      const { access_token, expires_in } = parsed(Token, reply);
      token = { value: new Secret(access_token), until: now().getTime() + expires_in * 1000 - EARLY_MS };
    }
    return `Bearer ${token.value.reveal()}`;
  }

  async function send(method: Call['method'], url: string, body?: object): Promise<Reply> {
    const authorization = settings.auth === 'oauth' ? await bearer() : basic(settings.user, await secret());
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
    return call({ method, url, headers, contentRefused: POLICY, ...(body && { body: JSON.stringify(body) }) });
  }

  /** A token may be taken back before its end: once more with a new one, then it is the account. */
  async function ask(method: Call['method'], url: string, body?: object): Promise<Reply> {
    try {
      return await send(method, url, body);
    } catch (error) {
      const stale = token !== undefined && error instanceof Fault && error.facts['status'] === 401;
      if (!stale) throw error;
      token = undefined;
      return send(method, url, body);
    }
  }

  const recordOf = ({ sys_id: ref, number }: z.infer<typeof Record_>): OuterRecord => {
    const target = encodeURIComponent(`${settings.table}.do?sys_id=${ref}`);
    return { ref, number, url: `${base}/nav_to.do?uri=${target}` };
  };

  const rowOf = (ref: string, query: Readonly<Record<string, string>> = {}) => {
    const text = new URLSearchParams(query).toString();
    return `${table}/${encodeURIComponent(ref)}${text === '' ? '' : `?${text}`}`;
  };

  return {
    async find(correlation) {
      const query = new URLSearchParams({
        sysparm_query: `correlation_id=${correlation}^ORDERBYsys_created_on`,
        sysparm_fields: 'sys_id,number',
        sysparm_limit: '1',
      });
      const { result } = parsed(Several, await ask('GET', `${table}?${query.toString()}`));
      const [first] = result;
      return first && recordOf(first);
    },
    async create({ correlation, title, text }) {
      const record = {
        ...settings.fields,
        short_description: title.replace(/\s+/g, ' ').slice(0, 160),
        description: text,
        correlation_id: correlation,
        correlation_display: 'Keyvouch',
      };
      const reply = await ask('POST', `${table}?sysparm_fields=sys_id%2Cnumber`, record);
      return recordOf(parsed(One, reply).result);
    },
    async hasNote(ref, mark) {
      // Read as it is displayed, a journal field is all its entries.
      const fields = { sysparm_fields: 'work_notes', sysparm_display_value: 'true' };
      return parsed(Notes, await ask('GET', rowOf(ref, fields))).result.work_notes.includes(mark);
    },
    async note(ref, text) {
      await ask('PATCH', rowOf(ref, { sysparm_fields: 'sys_id' }), { work_notes: text });
    },
    async close(ref, text) {
      const { state: wanted } = settings.close;
      const { state } = parsed(State, await ask('GET', rowOf(ref, { sysparm_fields: 'state' }))).result;
      if ((typeof wanted === 'string' || typeof wanted === 'number') && state === String(wanted)) return;
      const body = { close_notes: text, ...settings.close };
      await ask('PATCH', rowOf(ref, { sysparm_fields: 'sys_id' }), body);
    },
  };
}
