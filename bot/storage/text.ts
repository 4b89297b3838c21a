import { type Value } from './limits';

/** Under Azure's 32,768 characters a property, with some room. */
const PIECE = 30_000;

function pieceName(index: number): string {
  return `s${String(index).padStart(2, '0')}`;
}

/** Spreads a text over the properties s00, s01 … No piece ends inside a surrogate pair, which UTF-8 could not carry. */
export function splitText(text: string): Record<string, Value> {
  const pieces: Record<string, Value> = {};
  let at = 0;
  let index = 0;
  do {
    let end = Math.min(at + PIECE, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces[pieceName(index)] = text.slice(at, end);
    at = end;
    index += 1;
  } while (at < text.length);
  return pieces;
}

/** The text that `splitText` spread; undefined where there is none. */
export function joinText(props: Readonly<Record<string, unknown>>): string | undefined {
  let text: string | undefined;
  for (let index = 0; typeof props[pieceName(index)] === 'string'; index += 1) {
    text = (text ?? '') + String(props[pieceName(index)]);
  }
  return text;
}
