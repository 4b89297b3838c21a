import { type RequestName, type Requests } from '../requests';
import { type Piece } from '../wire';

/** Keeps the stream from the server open; the browser dials again by itself. */
export function listenToServer(take: (piece: Piece) => void, connected: (yes: boolean) => void): void {
  const source = new EventSource('/events');
  source.onmessage = (event: MessageEvent<string>) => take(JSON.parse(event.data) as Piece);
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
}

/** Asks the server to do something. @throws Error with a sentence for the person. */
export async function ask<Name extends RequestName>(name: Name, request: Requests[Name]): Promise<unknown> {
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  }).catch(() => {
    throw new Error('The sandbox does not answer. Is it still running?');
  });
  const reply = (await response.json()) as { say?: string };
  if (!response.ok) throw new Error(reply.say ?? 'That did not work.');
  return reply;
}

export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
