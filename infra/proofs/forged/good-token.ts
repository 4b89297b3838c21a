import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Rig } from '../rig/rig';

/** A token as the Bot Connector puts on an activity, read off the wire: what a forger who once listened would have. */
export async function goodToken({ teams, host }: Pick<Rig, 'teams' | 'host'>, person: string): Promise<string> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.writeHead(200).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    teams.setBotUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await teams.send(teams.activity(person, 'hi'));
  } finally {
    teams.setBotUrl(`${host.url}/api/messages`);
    server.closeAllConnections();
    server.close();
  }
  const [, token] = /^Bearer (\S+)$/.exec(seen[0] ?? '') ?? [];
  if (token === undefined) throw new Error('no token was seen');
  return token;
}
