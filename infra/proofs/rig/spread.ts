import { createServer, request as send } from 'node:http';
import { type AddressInfo } from 'node:net';

/** Hands requests to several processes in turn, as a load balancer does. */
export interface Spread {
  url: string;
  close(): Promise<void>;
}

/** @param targets origins, such as http://127.0.0.1:7071 */
export async function startSpread(targets: readonly string[]): Promise<Spread> {
  let turn = 0;
  const server = createServer((request, response) => {
    const target = targets[turn % targets.length];
    turn += 1;
    const { method = 'GET', headers, url: path = '/' } = request;
    const upstream = send(new URL(path, target), { method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    request.pipe(upstream);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
