/** All that could steer a terminal or turn its text around: controls (C0, C1), bidi and other format characters. */
const ACTIVE = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text of one or several lines that a terminal only shows, whatever a key, a file or a service put into it. */
export function inert(text: string): string {
  return text.replace(ACTIVE, '?');
}

/** JSON for a program that also stays text on a terminal: what is active is written as \uXXXX, so nothing is lost. */
export function inertJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(ACTIVE, (active) =>
    Array.from({ length: active.length }, (_, at) => `\\u${active.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
