/** Facts of a readiness line as cards take them. */
export function textFacts(facts: Readonly<Record<string, string | number | boolean>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'boolean' ? String(value) : value]),
  );
}
