import { type IncomingMessage, type ServerResponse } from 'node:http';
import { Fault } from '../../../agent/protocol/fault';
import { ConnectorError } from '../teams/connector-error';
import { listen, readBody, sendJson } from '../teams/http';
import { NotHere, pageActions } from './actions';
import { bundlePage, type Bundle } from './bundle';
import { pageDocument } from './document';
import { createFeed } from './feed';
import { securityHeaders } from './headers';
import { pageSetup, type PageOptions } from './options';
import { sendDriveFile } from './drive-file';
import { isOwn } from './origin';
import { groupMessage, pageGroup, pageMessage, pagePerson } from './pieces';
import { requests, type RequestName } from './requests';
import { type Piece } from './wire';

export type { PageOptions, Ports } from './options';
export type * from './ports';

export interface Page {
  url: string;
  close(): Promise<void>;
}

const FOLDER = __dirname;

/** Serves the sandbox's web page on loopback. */
export async function startPage(options: PageOptions): Promise<Page> {
  const { teams, key, workstation, mail, entra } = options;
  const bundle = await bundlePage(FOLDER);
  const actions = pageActions(teams, options, options.onReset);

  const setup: Piece = { kind: 'setup', setup: pageSetup(options) };
  const people = (): Piece => ({ kind: 'people', people: teams.people().map(pagePerson) });
  const chat = (person: string) => (): Piece => ({
    kind: 'chat',
    person,
    messages: teams.chat(person).map(pageMessage),
  });
  const groups = (): Piece => ({ kind: 'groups', groups: teams.groups.all().map(pageGroup) });
  const groupChat = (group: string, person: string) => (): Piece => ({
    kind: 'group-chat',
    ...{ group, person },
    messages: teams.groups.chat(group, person).map((one) => groupMessage(one, person, (id) => teams.person(id).name)),
  });
  const groupChats = () =>
    teams.groups
      .all()
      .flatMap(({ id, members }) => members.map((person) => ({ id, person, piece: groupChat(id, person) })));
  const keyPiece = key && ((): Piece => ({ kind: 'key', key: key.state() }));
  const workstationPiece = workstation && ((): Piece => ({ kind: 'workstation', workstation: workstation.state() }));
  const mailPiece = mail && ((): Piece => ({ kind: 'mails', mails: mail.mails() }));
  const feed = createFeed(() => [
    setup,
    people(),
    groups(),
    ...teams.people().map(({ id }) => chat(id)()),
    ...groupChats().map(({ piece }) => piece()),
    ...[keyPiece, workstationPiece, mailPiece].flatMap((piece) => (piece ? [piece()] : [])),
    { kind: 'ready' },
  ]);

  const stops = [
    teams.subscribe(({ kind, person }) => {
      if (kind === 'chat') feed.changed(`chat ${person}`, chat(person));
      else if (kind === 'person') feed.changed('people', people);
      else if (kind === 'group') {
        feed.changed('groups', groups);
        for (const one of groupChats().filter(({ id }) => id === person))
          feed.changed(`group ${one.id} ${one.person}`, one.piece);
      } else feed.changed(`typing ${person}`, () => ({ kind: 'typing', person }));
    }),
    keyPiece && key.subscribe(() => feed.changed('key', keyPiece)),
    workstationPiece && workstation.subscribe(() => feed.changed('workstation', workstationPiece)),
    mailPiece && mail.subscribe(() => feed.changed('mails', mailPiece)),
    entra?.subscribe(() => feed.changed('accounts', () => ({ kind: 'accounts' }))),
  ];

  const run = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!Object.hasOwn(requests, name)) return sendJson(response, 404, { say: 'There is nothing here.' });
    if (request.headers['content-type'] !== 'application/json') return sendJson(response, 415, { say: 'JSON only.' });
    const raw = await readBody(request);
    const parsed = requests[name as RequestName].safeParse(readJson(raw));
    if (!parsed.success) return sendJson(response, 400, { say: 'That request makes no sense.' });
    const action = actions[name as RequestName] as (request: unknown) => unknown;
    sendJson(response, 200, (await action(parsed.data)) ?? {});
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [header, value] of Object.entries(securityHeaders)) response.setHeader(header, value);
    if (!isOwn(request, port)) return sendJson(response, 403, { say: 'Only this page itself may ask.' });
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (request.method === 'POST') return run(pathname.replace(/^\/api\//, ''), request, response);
    if (request.method !== 'GET') return sendJson(response, 405, { say: 'GET and POST only.' });
    if (pathname === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      return feed.add(response);
    }
    if (sendDriveFile(response, pathname, teams)) return;
    sendFile(response, pathname, bundle, teams.appName);
  };

  const server = await listen(options.port, (request, response) => {
    route(request, response).catch((error: unknown) => refuse(response, error));
  });
  const port = Number(new URL(server.url).port);
  return {
    url: server.url,
    close: async () => {
      for (const stop of stops) stop?.();
      feed.close();
      await server.close();
    },
  };
}

function sendFile(response: ServerResponse, path: string, bundle: Bundle, appName: string): void {
  const files: Record<string, readonly [string, string]> = {
    '/': ['text/html; charset=utf-8', pageDocument(appName)],
    '/page.js': ['text/javascript; charset=utf-8', bundle.script],
    '/page.css': ['text/css; charset=utf-8', bundle.style],
  };
  const file = files[path];
  if (!file) return sendJson(response, 404, { say: 'There is nothing here.' });
  response.writeHead(200, { 'content-type': file[0] });
  response.end(file[1]);
}

/** A person reads a Fault's own words; anything else is for the terminal. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  if (error instanceof NotHere) return sendJson(response, 404, { say: error.message });
  if (error instanceof Fault) return sendJson(response, 409, { say: `${error.say} ${error.todo}` });
  if (error instanceof ConnectorError) return sendJson(response, 409, { say: 'That message is no longer there.' });
  console.error('page: a request failed', error);
  sendJson(response, 500, { say: 'That did not work. The terminal of the sandbox says why.' });
}

function readJson(raw: Buffer | undefined): unknown {
  try {
    return raw && (JSON.parse(raw.toString('utf8')) as unknown);
  } catch {
    return undefined;
  }
}
