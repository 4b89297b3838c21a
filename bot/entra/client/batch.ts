import { z } from 'zod';
import { paths } from '../paths';
import { Flight, type Call } from './call';
import { faultOf } from './faults';
import { type Graph } from './graph';
import { problemOf } from './problem';
import { retryAfterMs } from './retry-after';

/** Graph's own limit. */
const BATCH_SIZE = 20;
/** Batches on their way at the same time. */
const AT_ONCE = 4;
const ROUNDS = 4;
const LONGEST_WAIT_MS = 30_000;

const BatchReply = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number().int(),
      headers: z.record(z.string(), z.string()).optional().catch(undefined),
      body: z.unknown(),
    }),
  ),
});

/**
 * Reads many collections, 20 to a request (Graph `$batch`, JSON made by hand: the library's own puts the version into the
 * inner addresses, which Graph refuses). All are v1.0 GETs. An item that is throttled or breaks off is asked for again by
 * itself; any item that cannot be read fails the whole, so that a gap is never taken for "nothing there".
 *
 * @param asked paths from paths.ts with their `/v1.0`
 * @returns the collections, in the order asked
 */
export async function listMany<S extends z.ZodType>(
  graph: Graph,
  operation: string,
  asked: readonly string[],
  item: S,
): Promise<z.output<S>[][]> {
  const found: z.output<S>[][] = [];
  for (let start = 0; start < asked.length; start += BATCH_SIZE * AT_ONCE) {
    const chunks = Array.from({ length: AT_ONCE }, (_, i) => {
      const from = start + i * BATCH_SIZE;
      return asked.slice(from, from + BATCH_SIZE);
    }).filter((chunk) => chunk.length > 0);
    const read = await Promise.all(chunks.map((chunk) => readChunk(graph, operation, chunk, item)));
    found.push(...read.flat());
  }
  return found;
}

async function readChunk<S extends z.ZodType>(
  graph: Graph,
  operation: string,
  chunk: readonly string[],
  item: S,
): Promise<z.output<S>[][]> {
  const Page = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });
  const found = new Map<string, z.output<S>[]>();
  let open = chunk.map((path, index) => ({ id: String(index), method: 'GET', url: path.replace(/^\/v1\.0/, '') }));
  for (let round = 1; open.length > 0; round++) {
    const call: Call = { operation, method: 'POST', path: paths.batch(), repeat: 'read', body: { requests: open } };
    const { data, requestId } = await graph.ask(call, BatchReply);
    const flight = new Flight(call, call.path, requestId, 0);
    let wait = 0;
    for (const { id, status, headers, body } of data.responses.filter((r) => open.some((o) => o.id === r.id))) {
      if (status === 429 || status >= 500) {
        const asked = retryAfterMs(headers?.['retry-after'] ?? headers?.['Retry-After'] ?? null, graph.timing.now());
        if (round === ROUNDS) throw faultOf(flight, { problem: problemOf(status, body), retryAfterMs: asked });
        wait = Math.max(wait, asked ?? 500 * 2 ** (round - 1));
        continue;
      }
      if (status !== 200) throw faultOf(flight, { problem: problemOf(status, body) });
      const page = Page.safeParse(body);
      if (!page.success) throw faultOf(flight, { odd: page.error, status });
      found.set(id, await whole(graph, operation, page.data, item));
    }
    open = open.filter(({ id }) => !found.has(id));
    if (open.length === 0) break;
    if (round === ROUNDS) throw faultOf(flight, { odd: 'an item without an answer', status: 200 });
    await graph.timing.sleep(Math.min(wait, LONGEST_WAIT_MS));
  }
  return chunk.map((_, index) => found.get(String(index)) ?? []);
}

async function whole<S extends z.ZodType>(
  graph: Graph,
  operation: string,
  page: { value: unknown[]; '@odata.nextLink'?: string | undefined },
  item: S,
): Promise<z.output<S>[]> {
  const first = page.value as z.output<S>[];
  const nextLink = page['@odata.nextLink'];
  if (nextLink === undefined) return first;
  return [...first, ...(await graph.list({ operation, method: 'GET', path: nextLink, repeat: 'read' }, item))];
}
