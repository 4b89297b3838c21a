/** PINs that head every list of the most used ones. */
const COMMON = new Set(['123123', '112233', '121212', '654321', '696969', '159753', '147258', 'password', 'qwerty']);

/**
 * Whether everybody would try this PIN first: one sign over and over, signs that count up or down, or a PIN of the
 * lists. CTAP 2.1 leaves the rule to the key.
 */
export function isEasyGuess(pin: string): boolean {
  const points = Array.from(pin, (sign) => sign.codePointAt(0) ?? 0);
  const steps = new Set(points.slice(1).map((point, index) => point - (points[index] ?? 0)));
  const [step] = steps;
  const oneStep = steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
  return oneStep || COMMON.has(pin.toLowerCase());
}
