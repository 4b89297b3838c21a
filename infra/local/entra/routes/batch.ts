import { z } from 'zod';
import { odataBadRequest } from '../graph-error';
import { BOTH, type Call, type InnerReply, type Route } from '../route';

const MAX_REQUESTS = 20;
const itemSchema = z
  .object({
    id: z.string().min(1),
    method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
    url: z.string().min(1),
    headers: z.record(z.string()).optional(),
    body: z.unknown().optional(),
    dependsOn: z.array(z.string()).optional(),
  })
  .strict();
const batchSchema = z.object({ requests: z.array(itemSchema).min(1) }).strict();
type Item = z.output<typeof itemSchema>;

const invalid = () => odataBadRequest('Invalid batch payload format.');
const failed = (status: number, code: string, message: string): InnerReply => ({
  status,
  headers: {},
  body: { error: { code, message } },
});

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const runItem = async (call: Call, item: Item): Promise<InnerReply> => {
  const url = item.url.startsWith('/') ? item.url : `/${item.url}`;
  const version = /^\/(v1\.0|beta)(\/|$)/.exec(url)?.[1];
  if (version !== undefined) return failed(400, 'BadRequest', `Resource not found for the segment '${version}'.`);
  const headers = lowerCase(item.headers ?? {});
  const hasBody = item.body !== undefined;
  if (hasBody && !(headers['content-type'] ?? '').toLowerCase().startsWith('application/json')) {
    return failed(
      400,
      'BadRequest',
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
    );
  }
  if (url.toLowerCase().startsWith('/$batch')) return failed(400, 'BadRequest', 'A batch cannot hold a batch.');
  return call.again({ method: item.method, url: `/${call.version}${url}`, headers, body: item.body });
};

const parse = (body: unknown): Item[] => {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) throw invalid();
  const { requests } = parsed.data;
  if (requests.length > MAX_REQUESTS) {
    throw odataBadRequest(`Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`);
  }
  const ids = new Set(requests.map((item) => item.id.toLowerCase()));
  if (ids.size !== requests.length) throw odataBadRequest('Request ids in a batch must be unique.');
  if (requests.some((item) => /^https?:/i.test(item.url))) throw invalid();
  if (requests.some((item) => item.dependsOn?.some((id) => !ids.has(id.toLowerCase())))) throw invalid();
  return requests;
};

/** `$batch` (docs "Combine multiple HTTP requests using JSON batching"): one reply for each, in no promised order. */
export const batchRoutes = (): Route[] => [
  {
    method: 'POST',
    versions: BOTH,
    path: '/$batch',
    area: 'directory',
    needs: [],
    options: [],
    effect: false,
    handle: async (call) => {
      const items = parse(call.body);
      const replies = new Map<string, InnerReply>();
      let waiting = items;
      // Each round runs what waits for nothing any more; a circle would run nothing.
      for (let round = 0; round <= items.length && waiting.length > 0; round++) {
        const isReady = (item: Item): boolean => (item.dependsOn ?? []).every((id) => replies.has(id.toLowerCase()));
        const ready = waiting.filter(isReady);
        waiting = waiting.filter((item) => !isReady(item));
        for (const item of ready) {
          const blocked = (item.dependsOn ?? []).some((id) => (replies.get(id.toLowerCase())?.status ?? 500) >= 400);
          const reply = blocked ? failed(424, 'FailedDependency', 'A dependency failed.') : await runItem(call, item);
          replies.set(item.id.toLowerCase(), reply);
        }
      }
      if (waiting.length > 0) throw invalid();
      // Newest first: a caller that trusts the order of replies is found out.
      const responses = [...items].reverse().map((item) => {
        const { status, headers, body } = replies.get(item.id.toLowerCase()) ?? failed(500, 'generalException', '');
        const contentType = body === undefined ? {} : { 'Content-Type': 'application/json' };
        const retryAfter = headers['retry-after'];
        return {
          id: item.id,
          status,
          headers: { ...contentType, ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }) },
          ...(body === undefined ? {} : { body }),
        };
      });
      return { status: 200, body: { responses } };
    },
  },
];
