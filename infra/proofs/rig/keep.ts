import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingOn } from '../../local/play/reading';
import { type TeamsStandIn } from '../../local/teams';

/** What every chat holds, and what the bot called, in short: for whoever looks for the cause of a violation. */
export function chatsAndCalls(teams: TeamsStandIn): { chats: unknown; calls: string[] } {
  const chats = teams.people().map(({ id, name }) => ({
    name,
    messages: teams.chat(id).map(({ id: message, from, at, updatedAt, text, card }) => ({
      message,
      from,
      at,
      updatedAt,
      ...(from === 'person' && { text }),
      ...(card && { says: standingOn(card), speak: card['speak'] }),
    })),
  }));
  const calls = teams.traffic().map(({ at, way, method, path, status }) => `${at} ${way} ${method} ${path} ${status}`);
  return { chats: chats.filter(({ messages }) => messages.length > 0), calls };
}

/** Keeps what is known about a violation. @returns the file */
export function keep(name: string, what: unknown): string {
  const folder = join(tmpdir(), 'keyvouch-violations');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}-${Date.now()}.json`);
  writeFileSync(file, JSON.stringify(what, null, 1), { mode: 0o600 });
  return file;
}
