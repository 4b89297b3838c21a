/** A secret that went through the product, and how it would look wherever it leaked. */
export interface Canary {
  name: string;
  /** The text itself; forms in which it may be written are made from it. */
  value: string;
  /** Where it belongs: a trace of such a name may hold it. */
  home?: RegExp;
}

/** Something that was written or sent, by its name: `table row`, `file teams.json`. */
export interface Trace {
  where: string;
  text: string;
}

/** Short secrets (a PIN, a number) would be found in any long digit string: they count only where they stand alone. */
const SHORT = 9;

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64');
  const all = [value, json, encodeURIComponent(value), base64.replace(/=+$/, ''), Buffer.from(value).toString('hex')];
  return [...new Set(all)];
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function patternOf(value: string): RegExp {
  const forms = value.length < SHORT ? [value, JSON.stringify(value).slice(1, -1)] : formsOf(value);
  const source = [...new Set(forms)].map(escaped).join('|');
  return new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`);
}

/** Where secrets have got to, a line each; never the secret itself. */
export function leaksIn(traces: readonly Trace[], canaries: readonly Canary[]): string[] {
  const patterns = canaries.map(({ name, value, home }) => ({ name, home, pattern: patternOf(value) }));
  return traces.flatMap(({ where, text }) =>
    patterns.flatMap(({ name, home, pattern }) =>
      !home?.test(where) && pattern.test(text) ? [`${name} stands in: ${where}`] : [],
    ),
  );
}
