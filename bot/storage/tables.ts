import { randomBytes } from 'node:crypto';
import { type TokenCredential } from '@azure/identity';
import {
  RestError,
  TableClient,
  type TableEntityResultPage,
  type TableServiceClientOptions,
  type TransactionAction,
} from '@azure/data-tables';
import { z } from 'zod';
import { oddRow, statusOf, toFault } from './faults';
import { type Op, type Row, checkRow, checkTransaction } from './limits';

/**
 * Where the tables are: a connection string (Azurite, or an account with keys), or an account and an identity; or tables
 * that somebody else has opened, which keep the contract of {@link Table}.
 */
export type TableSource =
  | { connectionString: string }
  | { url: string; credential: TokenCredential }
  | { open: (name: string, policies: readonly PipelinePolicy[]) => Table };

/** A policy of the SDK's HTTP pipeline; it sees every attempt. */
export type PipelinePolicy = NonNullable<TableServiceClientOptions['additionalPolicies']>[number]['policy'];

/** A row as it was read. Its properties are not trusted: parse them, or open their seal. */
export interface StoredRow {
  pk: string;
  rk: string;
  etag: string;
  /** When the service wrote it, by the service's clock. */
  writtenAt: string;
  props: Readonly<Record<string, unknown>>;
}

export type Condition = readonly ['PartitionKey' | 'RowKey', 'eq' | 'ge' | 'gt' | 'le' | 'lt', string];

/** A transaction that was refused: 404, 409 or 412, to be told apart by reading again. */
export type Transacted = { kind: 'done'; etags: readonly (string | undefined)[] } | { kind: 'refused'; status: number };

/** One table, with Azure's own limits enforced and its errors told as Faults (`storage-unreachable` may be retried). */
export interface Table {
  create(): Promise<void>;
  get(pk: string, rk: string): Promise<StoredRow | undefined>;
  /** @returns the new ETag, or undefined where the row exists already. */
  insert(row: Row): Promise<string | undefined>;
  /** @returns the new ETag, or undefined where the given one no longer holds. */
  replace(row: Row, etag: string): Promise<string | undefined>;
  upsert(row: Row): Promise<void>;
  /** @returns false where it is gone already, or its ETag no longer holds. */
  remove(pk: string, rk: string, etag?: string): Promise<boolean>;
  /** Rows in the order of their keys, at most so many. */
  query(conditions: readonly Condition[], limit?: number): Promise<StoredRow[]>;
  /** All rows that fit, page by page in the order of their keys: for what is too many to be held at once. */
  pages(conditions: readonly Condition[]): AsyncIterable<readonly StoredRow[]>;
  /** All or nothing. An error here leaves open whether it happened. */
  transact(pk: string, ops: readonly Op[]): Promise<Transacted>;
}

/** What the service gives at once at most. */
const PAGE = 1000;
const ATTEMPT_MS = 5_000;
/** For one call with all its attempts, whatever Retry-After the service asks for. */
const CALL_MS = 15_000;
const RETRIES = { maxRetries: 3, retryDelayInMs: 100, maxRetryDelayInMs: 2_000 };
const LOOPBACK = /TableEndpoint=http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/;

/** Without it an attempt may hang for as long as the connection does. As a time-out it is tried again by the SDK. */
const attemptTimeout: PipelinePolicy = {
  name: 'keyvouchAttemptTimeout',
  async sendRequest(request, next) {
    const whole = request.abortSignal;
    const attempt = AbortSignal.timeout(ATTEMPT_MS);
    request.abortSignal = whole instanceof AbortSignal ? AbortSignal.any([whole, attempt]) : attempt;
    try {
      return await next(request);
    } catch (error) {
      if (attempt.aborted && !whole?.aborted) throw new RestError('no reply in time', { code: 'ETIMEDOUT', request });
      throw error;
    } finally {
      if (whole) request.abortSignal = whole;
      else delete request.abortSignal;
    }
  },
};

const entitySchema = z
  .object({ etag: z.string(), partitionKey: z.string(), rowKey: z.string(), timestamp: z.string().default('') })
  .passthrough();

function toStored(entity: unknown): StoredRow {
  const parsed = entitySchema.safeParse(entity);
  if (!parsed.success) throw oddRow('not an entity', {}, parsed.error);
  const { etag, partitionKey, rowKey, timestamp, ...props } = parsed.data;
  return { pk: partitionKey, rk: rowKey, etag, writtenAt: timestamp, props };
}

/** A text in an OData filter. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function toEntity(row: Row) {
  return { partitionKey: row.pk, rowKey: row.rk, ...row.props };
}

function toAction(pk: string, op: Op): TransactionAction {
  if (op.kind === 'insert') return ['create', toEntity(op.row)];
  if (op.kind === 'replace') return ['update', toEntity(op.row), 'Replace', { etag: op.etag }];
  return ['delete', { partitionKey: pk, rowKey: op.rk }];
}

function connect(
  source: Exclude<TableSource, { open: unknown }>,
  name: string,
  policies: readonly PipelinePolicy[],
): TableClient {
  const options: TableServiceClientOptions = {
    retryOptions: RETRIES,
    additionalPolicies: [attemptTimeout, ...policies].map((policy) => ({ policy, position: 'perRetry' as const })),
  };
  if (!('connectionString' in source)) return new TableClient(source.url, name, source.credential, options);
  const { connectionString } = source;
  // Plain HTTP only to this machine.
  const allowInsecureConnection = LOOPBACK.test(connectionString);
  return TableClient.fromConnectionString(connectionString, name, { ...options, allowInsecureConnection });
}

/** Opens a table; nothing is sent before the first call. */
export function openTable(source: TableSource, name: string, policies: readonly PipelinePolicy[] = []): Table {
  if ('open' in source) return source.open(name, policies);
  const client = connect(source, name, policies);
  const limits = () => ({ abortSignal: AbortSignal.timeout(CALL_MS) });

  async function get(pk: string, rk: string): Promise<StoredRow | undefined> {
    try {
      return toStored(await client.getEntity(pk, rk, limits()));
    } catch (error) {
      if (statusOf(error) === 404 && !isTableNotFound(error)) return undefined;
      throw toFault(error);
    }
  }

  /**
   * A write that the SDK repeated after a lost reply is refused although the first attempt worked. So each write
   * carries a random token, and a refusal is believed only when the row does not carry it.
   */
  async function writeOnce(row: Row, write: (entity: ReturnType<typeof toEntity>) => Promise<{ etag?: string }>) {
    const token = randomBytes(12).toString('base64url');
    const stamped = { ...row, props: { ...row.props, token } };
    checkRow(stamped);
    try {
      const { etag } = await write(toEntity(stamped));
      if (etag === undefined) throw oddRow('the service gave no ETag', { pk: row.pk, rk: row.rk });
      return etag;
    } catch (error) {
      const status = statusOf(error);
      if ((status !== 404 && status !== 409 && status !== 412) || isTableNotFound(error)) throw toFault(error);
      const now = await get(row.pk, row.rk);
      return now?.props.token === token ? now.etag : undefined;
    }
  }

  async function* pages(conditions: readonly Condition[], maxPageSize = PAGE): AsyncGenerator<StoredRow[]> {
    const filter = conditions.map(([key, op, value]) => `${key} ${op} ${quoted(value)}`).join(' and ');
    const only = conditions.length === 0 ? {} : { queryOptions: { filter } };
    let from: { continuationToken?: string } | undefined = {};
    try {
      while (from) {
        // The limit is for each page: all of them together may take long. Empty ones that go on are usual on Azure.
        const found = client.listEntities({ ...limits(), ...only }).byPage({ maxPageSize, ...from });
        const next: IteratorResult<TableEntityResultPage<object>, undefined> = await found.next();
        if (next.done) return;
        yield next.value.map(toStored);
        from =
          next.value.continuationToken === undefined ? undefined : { continuationToken: next.value.continuationToken };
      }
    } catch (error) {
      throw toFault(error);
    }
  }

  return {
    async create() {
      try {
        await client.createTable(limits());
      } catch (error) {
        throw toFault(error);
      }
    },
    get,
    insert: (row) => writeOnce(row, (entity) => client.createEntity(entity, limits())),
    replace: (row, etag) => writeOnce(row, (entity) => client.updateEntity(entity, 'Replace', { ...limits(), etag })),
    async upsert(row) {
      checkRow(row);
      try {
        await client.upsertEntity(toEntity(row), 'Replace', limits());
      } catch (error) {
        throw toFault(error);
      }
    },
    async remove(pk, rk, etag = '*') {
      try {
        await client.deleteEntity(pk, rk, { ...limits(), etag });
        return true;
      } catch (error) {
        const status = statusOf(error);
        if ((status === 404 || status === 412) && !isTableNotFound(error)) return false;
        throw toFault(error);
      }
    },
    async query(conditions, limit = Infinity) {
      const rows: StoredRow[] = [];
      for await (const page of pages(conditions, Math.min(limit, PAGE))) {
        rows.push(...page);
        if (rows.length >= limit) break;
      }
      return rows.slice(0, limit);
    },
    pages,
    async transact(pk, ops) {
      checkTransaction(pk, ops);
      try {
        const actions = ops.map((op) => toAction(pk, op));
        const { subResponses } = await client.submitTransaction(actions, limits());
        return { kind: 'done', etags: subResponses.map((response) => response.etag) };
      } catch (error) {
        const status = statusOf(error);
        if ((status !== 404 && status !== 409 && status !== 412) || isTableNotFound(error)) throw toFault(error);
        return { kind: 'refused', status };
      }
    },
  };
}

/** A missing table is not a missing row: it means that `prepare` never ran here. */
function isTableNotFound(error: unknown): boolean {
  return (
    error instanceof Error && /TableNotFound/.test(`${error.message} ${'code' in error ? String(error.code) : ''}`)
  );
}
