/** A part of a card's JSON, whatever it is. */
export type Part = Readonly<Record<string, unknown>>;

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every object in a card's JSON, the card itself first, each with the key it stands under. */
export function partsOf(value: unknown, key = ''): { key: string; part: Part }[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown) => partsOf(one, key));
  if (!isPart(value)) return [];
  return [{ key, part: value }, ...Object.entries(value).flatMap(([name, inner]) => partsOf(inner, name))];
}

/** Every text in a card's JSON. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isPart(value) ? Object.values(value).flatMap(textsOf) : [];
}
