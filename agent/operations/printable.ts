const MOST = 400;

/** Words that come from a key, made safe for a terminal: no control characters, no endless lines. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').slice(0, MOST);
}
