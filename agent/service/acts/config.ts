import { keyConfig, setAlwaysUv, setMinimumPin } from '../../operations/configure';
import { type Key } from '../../operations/key';
import { type KeySettingsNow } from '../../protocol/result';
import { settingWords } from '../job-words';
import { modelRules } from '../model-rules';
import { type ActEnd, type Started } from './act';
import { askYes, nameOfKey } from './yes';

/**
 * Makes the key's settings stricter, as far as they are not so already.
 * @throws Fault `job-declined`, `key-model-not-allowed`, those of operations/configure.ts, and all of the PIN
 */
export async function configureKey(started: Started<'config'>): Promise<ActEnd<'config'>> {
  const { key, job, start, prompts, signal } = started;
  const { settings } = job;
  const { aaguid } = key.info;
  const refused = modelRules(start.models)(aaguid);
  if (refused) throw refused;
  const { alwaysUv = false, minimumPin = 0, forcePinChange = false } = settings;
  await askYes(prompts, `Set the security key ${nameOfKey(key)} so that ${settingWords(settings).join('; ')}?`, signal);
  await started.writing({ what: 'configuring', aaguid, wanted: { alwaysUv, minimumPin, forcePinChange } });
  if (alwaysUv) await setAlwaysUv(key, true, { prompts, signal });
  const grows = minimumPin > keyConfig(key).minPinLength;
  // Last, because a key whose PIN must be changed does nothing more.
  if (grows || forcePinChange) {
    await setMinimumPin(key, {
      prompts,
      signal,
      ...(grows && { length: minimumPin }),
      ...(forcePinChange && { forceChange: true }),
    });
  }
  return { result: { outcome: 'configured', now: await settingsNow(key), aaguid } };
}

/** How the key is set now, as it says itself. */
export async function settingsNow(key: Key): Promise<KeySettingsNow> {
  await key.refresh();
  const { alwaysUv, minPinLength, forcePinChange } = keyConfig(key);
  return { alwaysUv: alwaysUv === true, minimumPin: minPinLength, forcePinChange };
}
