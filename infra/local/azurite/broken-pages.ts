import { type PipelinePolicy } from '../../../bot/storage';
import { type Request, type Response, tablesReply } from './replies';

const NEXT_PARTITION = 'x-ms-continuation-nextpartitionkey';
const NEXT_ROW = 'x-ms-continuation-nextrowkey';
/** Keys of rows never begin so. */
const OURS = 'weather!';

/**
 * Listings as Azure may break them where Azurite never does ("Query timeout and pagination"): an empty page with a
 * continuation token before each page and after the last one, and no page longer than `pageSize` rows. Every second token
 * has no row key, as at the border of a partition.
 */
export function breakPages(pageSize = 1): PipelinePolicy {
  const kept = new Map<string, { partition: string | null; row: string | null } | 'end'>();

  function empty(request: Request, goesOnAt: Parameters<typeof kept.set>[1] | undefined): Response {
    const token = `${OURS}${kept.size}`;
    if (goesOnAt) kept.set(token, goesOnAt);
    const row = kept.size % 2 === 0 ? { [NEXT_ROW]: 'x' } : {};
    return tablesReply(request, 200, { value: [] }, goesOnAt ? { [NEXT_PARTITION]: token, ...row } : {});
  }

  return {
    name: 'brokenPages',
    async sendRequest(request, next) {
      const url = new URL(request.url);
      if (request.method !== 'GET' || !url.pathname.endsWith('()')) return next(request);
      const ask = url.searchParams;
      const partition = ask.get('NextPartitionKey');
      const now = kept.get(partition ?? '');
      if (now === undefined) return empty(request, { partition, row: ask.get('NextRowKey') });
      if (now === 'end') return empty(request, undefined);

      put(ask, 'NextPartitionKey', now.partition);
      put(ask, 'NextRowKey', now.row);
      ask.set('$top', String(Math.min(Number(ask.get('$top') ?? pageSize), pageSize)));
      const asked = request.url;
      request.url = url.toString();
      const reply = await next(request);
      // A repeated attempt begins with what was asked for.
      request.url = asked;
      if (reply.status === 200 && reply.headers.get(NEXT_PARTITION) === undefined) {
        const end = `${OURS}${kept.size}`;
        kept.set(end, 'end');
        reply.headers.set(NEXT_PARTITION, end);
      }
      return reply;
    },
  };
}

function put(ask: URLSearchParams, name: string, value: string | null): void {
  if (value === null) ask.delete(name);
  else ask.set(name, value);
}
