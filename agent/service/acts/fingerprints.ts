import { addFingerprint, fingerprintSensor } from '../../operations/fingerprints';
import { Fault } from '../../protocol/fault';
import { modelRules } from '../model-rules';
import { type ActEnd, type Started } from './act';
import { askYes, nameOfKey } from './yes';

/**
 * Enrols fingers, one after the other, as many as the job allows and the person wants.
 * @throws Fault `job-declined`, `key-no-fingerprint`, `key-model-not-allowed`, and all of the PIN
 */
export async function enrolFingerprints(started: Started<'fingerprints'>): Promise<ActEnd<'fingerprints'>> {
  const { key, job, start, prompts, signal } = started;
  const { aaguid } = key.info;
  const refused = modelRules(start.models)(aaguid);
  if (refused) throw refused;
  await fingerprintSensor(key);
  await askYes(prompts, `Enrol a finger on the security key ${nameOfKey(key)}?`, signal);
  let added = 0;
  try {
    do {
      await started.writing({ what: 'enrolling', aaguid, added });
      await addFingerprint(key, { prompts, signal });
      added += 1;
      await started.writing({ what: 'enrolling', aaguid, added });
    } while (added < job.most && (await prompts.confirm('Enrol another finger?', signal)));
  } catch (error) {
    // What is enrolled is enrolled, whatever became of the next finger.
    if (!(error instanceof Fault) || added === 0) throw error;
    prompts.say(`${error.say} ${error.todo}`);
  }
  return { result: { outcome: 'enrolled', added, aaguid } };
}
