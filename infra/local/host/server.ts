import { createServer, type IncomingMessage, type Server } from 'node:http';
import { invokeHttp } from './invoke';
import { router } from './routes';
import { type Worker } from './worker';

/** The host's own limit on bodies (FUNCTIONS_REQUEST_BODY_SIZE_LIMIT's default is 100 MiB; this machine is smaller). */
const BODY_AT_MOST = 4 * 1024 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too-large' | undefined> {
  // The real host hands a body on only where its length was declared: a chunked upload arrives empty.
  const declared = Number(request.headers['content-length'] ?? '0');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_AT_MOST) return 'too-large';
    chunks.push(chunk);
  }
  return declared > 0 ? Buffer.concat(chunks) : undefined;
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** The HTTP side of the host. */
export function createHttpHost(worker: Worker, prefix: string, log: (line: string) => void): Server {
  const find = router(worker.functions, prefix);
  return createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
      const body = await bodyOf(request);
      const match = find(request.method ?? 'GET', url.pathname);
      if (body === 'too-large') return void response.writeHead(413).end();
      if (!match) return void response.writeHead(404).end();
      const {
        status,
        headers,
        body: out,
      } = await invokeHttp(worker, match.registered, {
        url: url.href,
        method: request.method ?? 'GET',
        headers: headersOf(request),
        params: match.params,
        query: Object.fromEntries(url.searchParams),
        ...(body && { body }),
      });
      response.writeHead(status, { ...headers, 'content-length': out.length }).end(out);
    };
    answer().catch((error: unknown) => {
      log(`host: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}
