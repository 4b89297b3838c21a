import { inspect, type KeyReport } from '../../operations/inspect';
import { type KeySummary } from '../../protocol/result';
import { type ActEnd, type Started } from './act';
import { passkeysOnKey } from './passkeys-on-key';

/** Looks at the key: no PIN, no touch, no try spent, nothing written. */
export async function inspectKey({ key, job, prompts, signal }: Started<'inspect'>): Promise<ActEnd<'inspect'>> {
  const looking = prompts.progress('Looking at the key …');
  try {
    const report = await inspect(key);
    const answered = await passkeysOnKey(key, job.credentialIds, signal);
    return { result: { outcome: 'inspected', report: summaryOf(report, answered) } };
  } finally {
    looking.done();
  }
}

/** What the service gets to know of a key. A passkey of another site is not in it, nor is the key's own number. */
export function summaryOf(report: KeyReport, answered: string[] | 'unknown'): KeySummary {
  const { aaguid, firmware, versions, pin, fingerprint, passkeys, alwaysVerify } = report;
  return {
    aaguid,
    firmware: firmware === null ? null : String(firmware).slice(0, 32),
    versions: versions.filter((name) => name.length <= 32).slice(0, 16),
    pin: {
      set: pin.set,
      retriesLeft: pin.retriesLeft,
      blocked: pin.blocked ? 'for-ever' : pin.replugNeeded ? 'until-replug' : 'no',
      changeForced: pin.mustChange,
      minimumLength: pin.minimumLength,
    },
    fingerprints: fingerprint.enrolled ? 'enrolled' : fingerprint.supported ? 'none' : 'no-reader',
    roomLeft: passkeys.roomLeft,
    alwaysUv: alwaysVerify,
    answered: answered === 'unknown' ? null : answered,
  };
}
