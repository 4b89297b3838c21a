import type { ServerResponse } from 'node:http';
import type { EntraStandIn } from '../stand-in';

/** `GET /_standin/events`: every change as a server-sent event, until the reader goes. */
export const streamEvents = (standIn: EntraStandIn, response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(': watching\n\n');
  const stop = standIn.subscribe((change) => response.write(`data: ${JSON.stringify(change)}\n\n`));
  response.on('close', stop);
};
