const MOST = 400;

/**
 * Words that come from a key, made safe for a terminal: no control or bidi characters, no endless lines.
 *
 * @param most characters (code points); longer words end in …
 */
export function printable(text: string, most = MOST): string {
  // Cut before the pattern runs and by code points: half a surrogate pair would be a control character of its own.
  const characters = Array.from(text.slice(0, 2 * most + 2));
  const shown = characters.length > most ? [...characters.slice(0, most - 1), '…'] : characters;
  return shown.join('').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
