import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Bot } from '../../../../bot/teams';

/** Where Teams sends its activities: each to the next of the bots, as a load balancer does. */
export interface Door {
  url: string;
  close(): Promise<void>;
}

export async function openDoor(bots: readonly Bot[]): Promise<Door> {
  let turn = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      const bot = bots[turn % bots.length];
      turn += 1;
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const body = z.record(z.unknown()).parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
      void bot?.handle({ method: request.method ?? 'POST', headers, body }).then(({ status, body: answer }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(answer === undefined ? undefined : JSON.stringify(answer));
      });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
