import { type ServerResponse } from 'node:http';
import { type Piece } from './wire';

const HEARTBEAT_MS = 15_000;
/** How soon a page dials again. */
const RETRY_MS = 1000;

/** The stream of server-sent events to every open page. */
export interface Feed {
  /** Opens a stream: everything as it is now, then every change. */
  add(response: ServerResponse): void;
  /** Sends the piece under this name as it is then; many changes at once are sent as one. */
  changed(name: string, piece: () => Piece): void;
  close(): void;
}

export function createFeed(everything: () => readonly Piece[]): Feed {
  const open = new Set<ServerResponse>();
  const waiting = new Map<string, () => Piece>();
  let timer: NodeJS.Timeout | undefined;
  const send = (response: ServerResponse, piece: Piece) => response.write(`data: ${JSON.stringify(piece)}\n\n`);
  const heartbeat = setInterval(() => {
    for (const response of open) response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  const flush = (): void => {
    timer = undefined;
    const pieces = [...waiting.values()].map((piece) => piece());
    waiting.clear();
    for (const response of open) for (const piece of pieces) send(response, piece);
  };

  return {
    add: (response) => {
      response.write(`retry: ${RETRY_MS}\n\n`);
      for (const piece of everything()) send(response, piece);
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    changed: (name, piece) => {
      if (open.size === 0) return;
      waiting.set(name, piece);
      timer ??= setTimeout(flush, 20);
    },
    close: () => {
      clearInterval(heartbeat);
      clearTimeout(timer);
      for (const response of open) response.end();
      open.clear();
    },
  };
}
