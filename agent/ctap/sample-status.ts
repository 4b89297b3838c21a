/** What became of one sample of a fingerprint: lastEnrollSampleStatus (CTAP 2.1 §6.7). */
export const SAMPLE_STATUS = {
  GOOD: 0x00,
  TOO_HIGH: 0x01,
  TOO_LOW: 0x02,
  TOO_LEFT: 0x03,
  TOO_RIGHT: 0x04,
  TOO_FAST: 0x05,
  TOO_SLOW: 0x06,
  POOR_QUALITY: 0x07,
  TOO_SKEWED: 0x08,
  TOO_SHORT: 0x09,
  MERGE_FAILURE: 0x0a,
  EXISTS: 0x0b,
  NO_USER_ACTIVITY: 0x0d,
  NO_USER_PRESENCE_TRANSITION: 0x0e,
} as const;

/** What a person should do differently; statuses that are not named here are bad samples without a reason. */
const GUIDANCE = new Map<number, string>([
  [SAMPLE_STATUS.TOO_HIGH, 'The finger was too high: move it down a little.'],
  [SAMPLE_STATUS.TOO_LOW, 'The finger was too low: move it up a little.'],
  [SAMPLE_STATUS.TOO_LEFT, 'The finger was too far left: move it to the right a little.'],
  [SAMPLE_STATUS.TOO_RIGHT, 'The finger was too far right: move it to the left a little.'],
  [SAMPLE_STATUS.TOO_FAST, 'That was too fast: keep the finger on the sensor a little longer.'],
  [SAMPLE_STATUS.TOO_SLOW, 'That was too slow: be a little quicker.'],
  [SAMPLE_STATUS.POOR_QUALITY, 'The picture was not clear: dry or clean the finger and the sensor.'],
  [SAMPLE_STATUS.TOO_SKEWED, 'The finger was turned: lay it straight on the sensor.'],
  [SAMPLE_STATUS.TOO_SHORT, 'That was too short: cover the whole sensor with the finger.'],
  [SAMPLE_STATUS.MERGE_FAILURE, 'This sample does not fit the others: use the same finger each time.'],
  [SAMPLE_STATUS.EXISTS, 'This part of the finger is known already: shift the finger a little.'],
  [SAMPLE_STATUS.NO_USER_ACTIVITY, 'No finger was put on the sensor.'],
  [SAMPLE_STATUS.NO_USER_PRESENCE_TRANSITION, 'The finger stayed on the sensor: lift it and put it down again.'],
]);

/** What to tell the person after a sample; undefined after a good one. */
export function sampleGuidance(status: number): string | undefined {
  if (status === SAMPLE_STATUS.GOOD) return undefined;
  return GUIDANCE.get(status) ?? 'The key could not use this sample: try again.';
}
