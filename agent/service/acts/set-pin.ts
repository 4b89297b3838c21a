import { changePin } from '../../operations/change-pin';
import { hasPin, setPin } from '../../operations/set-pin';
import { modelRules } from '../model-rules';
import { type ActEnd, type Started } from './act';
import { askYes, nameOfKey } from './yes';

/**
 * Sets the first PIN, or has the person change the one there is. The PIN stays in this process.
 * @throws Fault `job-declined`, `key-model-not-allowed`, `key-pin-unsupported`, `key-pin-blocked` and all of the PIN
 */
export async function setKeyPin(started: Started<'set-pin'>): Promise<ActEnd<'set-pin'>> {
  const { key, start, prompts, signal } = started;
  const refused = modelRules(start.models)(key.info.aaguid);
  if (refused) throw refused;
  const how = hasPin(key) === true ? 'changed' : 'set';
  const { aaguid } = key.info;
  const does = how === 'set' ? 'Choose a first PIN for' : 'Change the PIN of';
  await askYes(prompts, `${does} the security key ${nameOfKey(key)}?`, signal);
  await started.writing({ what: 'setting-pin', aaguid, how });
  await (how === 'set' ? setPin : changePin)(key, { prompts, signal });
  return { result: { outcome: 'pin-set', how, aaguid } };
}
