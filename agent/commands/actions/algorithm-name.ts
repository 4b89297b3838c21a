/** COSE algorithms that keys offer (IANA COSE Algorithms). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [-7, 'ES256'],
  [-8, 'EdDSA'],
  [-35, 'ES384'],
  [-36, 'ES512'],
  [-37, 'PS256'],
  [-257, 'RS256'],
]);

/** The name of a COSE algorithm, or its number where it has none here. */
export function algorithmName(alg: number): string {
  return NAMES.get(alg) ?? String(alg);
}
