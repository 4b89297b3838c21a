/**
 * What a finger on the reader can be, and how the reader calls it while it enrols (lastEnrollSampleStatus, CTAP 2.1
 * §6.7.2). While it verifies a user only `good` is a match.
 */
export const fingerSamples = {
  good: 0x00,
  high: 0x01,
  low: 0x02,
  left: 0x03,
  right: 0x04,
  fast: 0x05,
  slow: 0x06,
  partial: 0x07,
  skewed: 0x08,
  short: 0x09,
  nomatch: 0x0a,
  exists: 0x0b,
} as const;

export type FingerSample = keyof typeof fingerSamples;

/** The status of a sample that nobody gave. */
export const NO_USER_ACTIVITY = 0x0d;

export function isFingerSample(name: string): name is FingerSample {
  return Object.hasOwn(fingerSamples, name);
}
