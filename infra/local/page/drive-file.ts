import { type ServerResponse } from 'node:http';
import { type TeamsStandIn } from '../teams';

/** Gives a file that the bot has put into a OneDrive, to be kept, never to be shown. @returns false where the path is another */
export function sendDriveFile(response: ServerResponse, path: string, teams: Pick<TeamsStandIn, 'file'>): boolean {
  const id = /^\/drive\/([0-9a-f-]{36})$/.exec(path)?.[1];
  const file = id === undefined ? undefined : teams.file(id);
  if (!file) return false;
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(file.bytes);
  return true;
}
