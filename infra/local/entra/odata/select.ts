import { odataBadRequest } from '../graph-error';
import type { Query } from './query';

/** The names in `$select`, or undefined. Throws Graph's 400 for a name that the type does not have. */
export const selected = (query: Query, known: readonly string[], type: string): string[] | undefined => {
  const text = query.options.get('select');
  if (text === undefined) return undefined;
  return text.split(',').map((one) => {
    const name = known.find((candidate) => candidate.toLowerCase() === one.trim().toLowerCase());
    if (name === undefined) {
      throw odataBadRequest(
        `Parsing OData Select and Expand failed: Could not find a property named '${one.trim()}' on type '${type}'.`,
      );
    }
    return name;
  });
};

/** The named properties of a row; a name that this row's type lacks is left out. */
export const pick = (row: object, names: readonly string[]): Record<string, unknown> => {
  const source = row as Record<string, unknown>;
  return Object.fromEntries(names.filter((name) => name in source).map((name) => [name, source[name]]));
};
