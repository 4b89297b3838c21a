/** Crockford's base 32 without I, L, O, U: the letters of a ULID and of our short ids. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ticket's id: a ULID, 26 characters. Never purely numeric in practice, and never shown to people. */
export type TicketId = string;

/** A ticket's id for people: `KV-7Q2M-9D`. */
export type ShortId = string;

/**
 * The short id of a ticket: 30 of the 80 random bits of its ULID.
 * Two tickets can share one by chance; the storage refuses the second, and the opener takes a new ULID.
 */
export function shortIdOf(id: TicketId): ShortId {
  const tail = id.slice(-6);
  return `KV-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/**
 * Reads a short id as people type it: any case, with or without KV and dashes, O for 0, I or L for 1.
 * @returns the id in its one form, or undefined where the text is none.
 */
export function parseShortId(text: string): ShortId | undefined {
  const letters = text.trim().toUpperCase().replace(/[\s-]/g, '');
  const match = /^KV([0-9A-Z]{6})$/.exec(letters);
  if (!match?.[1]) return undefined;
  const tail = match[1].replace(/O/g, '0').replace(/[IL]/g, '1');
  if (!Array.from(tail).every((letter) => ALPHABET.includes(letter))) return undefined;
  return `KV-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/**
 * The id under which a command is taken once: the same card, verb and person is the same click, however often and
 * by whatever activity it arrives.
 */
export function commandId(ticket: TicketId, nonce: string, verb: string, actor: string): string {
  return [ticket, nonce, verb, actor].join('~');
}
