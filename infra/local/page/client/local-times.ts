import { type CardJson } from '../../teams';

const MOMENT = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})`;
const FUNCTIONS = new RegExp(
  String.raw`\{\{(?:DATE\((${MOMENT})(?:, ?(COMPACT|LONG|SHORT))?\)|TIME\((${MOMENT})\))\}\}`,
  'g',
);

function dayIn(locale: string, moment: string, form: string): string {
  const date = new Date(moment);
  if (form === 'COMPACT') return date.toLocaleDateString(locale);
  const length = form === 'LONG' ? 'long' : 'short';
  return date.toLocaleDateString(locale, { weekday: length, day: 'numeric', month: length, year: 'numeric' });
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` in the reader's time zone and in the language of their Teams, as its clients do. */
export function withLocalTimes(text: string, locale: string): string {
  return text.replace(FUNCTIONS, (_all, day: string | undefined, form: string | undefined, time: string | undefined) =>
    day === undefined
      ? new Date(time ?? '').toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })
      : dayIn(locale, day, form ?? 'COMPACT'),
  );
}

/** Properties that go back to the bot as they came. */
const SENT_BACK = new Set(['data', 'verb', 'id', 'value']);

/** The card with its text functions worked out. What a click sends back is left alone. */
export function cardWithLocalTimes(card: CardJson, locale: string): CardJson {
  const mapped = (value: unknown): unknown => {
    if (typeof value === 'string') return withLocalTimes(value, locale);
    if (Array.isArray(value)) return value.map(mapped);
    if (typeof value !== 'object' || value === null) return value;
    const isFact = !('type' in value) && 'title' in value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        SENT_BACK.has(key) && !(isFact && key === 'value') ? (inner as unknown) : mapped(inner),
      ]),
    );
  };
  return mapped(card) as CardJson;
}
