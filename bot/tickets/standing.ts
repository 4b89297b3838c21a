import { type Refusal, type Standing } from './commands';
import { type Flow } from './ticket';

/**
 * Why nothing may be done for this subject now. Asked at request, at decision and right before each effect, each time
 * with facts read at that moment.
 */
export function stopOf(standing: Standing, flow?: Flow): Refusal | undefined {
  const { subject } = standing;
  const facts = { name: subject.name };
  if (standing.emergency) return { code: 'subject-emergency', facts };
  if (subject.external) return { code: 'subject-external', facts };
  // The account of somebody who leaves is often switched off before their key comes back.
  if (!subject.enabled && flow !== 'return-key') return { code: 'subject-disabled', facts };
  if (standing.privileged === 'unknown') return { code: 'subject-privilege-unknown', facts };
  if (standing.privileged) return { code: 'subject-privileged', facts };
  const stop = standing.stops[0];
  return stop === undefined ? undefined : { code: 'flow-stopped', facts: { ...facts, code: stop } };
}

/** A stop in one code: its cause, where that has a code of its own. */
export function causeOf({ code, facts }: Refusal): string {
  return code === 'flow-stopped' ? String(facts?.['code'] ?? code) : code;
}
