import { type Refusal, type Standing } from './commands';

/**
 * Why nothing may be done for this subject now. Asked at request, at decision and right before each effect, each time
 * with facts read at that moment.
 */
export function stopOf(standing: Standing): Refusal | undefined {
  const { subject } = standing;
  const facts = { name: subject.name };
  if (standing.emergency) return { code: 'subject-emergency', facts };
  if (subject.external) return { code: 'subject-external', facts };
  if (!subject.enabled) return { code: 'subject-disabled', facts };
  if (standing.privileged === 'unknown') return { code: 'subject-privilege-unknown', facts };
  if (standing.privileged) return { code: 'subject-privileged', facts };
  const stop = standing.stops[0];
  return stop === undefined ? undefined : { code: 'flow-stopped', facts: { ...facts, code: stop } };
}
