import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type LocalTables } from '../../local/azurite';

/** Storage behind a line that can drop a reply after the work was done. */
export interface LossyTables {
  connectionString: string;
  /** Where every call to storage goes: what the host must not count when it reads. */
  origin: string;
  /** The reply to the n-th write from now (1 is the next) is lost: the row is there, the caller sees a reset. */
  loseReply(nth: number): void;
  close(): Promise<void>;
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'MERGE', 'DELETE']);

/** Puts a line in front of local tables. */
export async function startLossyTables(tables: LocalTables): Promise<LossyTables> {
  const target = new URL(tables.url);
  const agent = new Agent({ keepAlive: true });
  let countdown = 0;
  let armed = false;

  const forward = (request: IncomingMessage, response: ServerResponse): void => {
    const isWrite = WRITES.has(request.method ?? '');
    if (isWrite && countdown > 0) countdown -= 1;
    const lost = isWrite && countdown === 0 && armed;
    if (lost) armed = false;
    const { hostname: host, port } = target;
    const { method, url: path, headers } = request;
    const upstream = send({ host, port, path, headers, method: method ?? 'GET', agent }, (reply) => {
      if (lost) {
        reply.resume().once('end', () => response.destroy());
        return;
      }
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    // A host that was killed in the middle of its request is what this is for.
    upstream.once('error', () => response.destroy());
    request.once('close', () => (request.complete ? undefined : upstream.destroy()));
    request.pipe(upstream);
  };

  const server = createServer(forward);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    connectionString: tables.connectionString.replace(target.origin, origin),
    origin,
    loseReply(nth) {
      countdown = nth;
      armed = true;
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
