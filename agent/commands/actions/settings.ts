import { enableEnterpriseAttestation, type KeyConfig, setAlwaysUv, setMinimumPin } from '../../operations/configure';
import { type Key } from '../../operations/key';
import { printable } from '../../operations/printable';
import { type Dialogue } from '../../operations/set-pin';
import { Fault } from '../../protocol/fault';
import { type Setting } from '../config';

/** A change of one setting, read from the command line: what it will do, and how it is done. */
export interface Change {
  value: boolean | number | string[];
  /** What will happen, and whether it can be taken back; ends without a question mark. */
  will: string;
  /** Whether the person can take it back without erasing the key. */
  lasting: boolean;
  already: boolean;
  /** False where `apply` will refuse, and say why: then there is nothing to ask about. */
  possible: boolean;
  apply(key: Key, dialogue: Dialogue): Promise<'changed' | 'already'>;
}

const ONLY_RESET = 'This cannot be undone: only a reset, which erases every passkey, takes it back';

/**
 * Reads the new value of a setting.
 *
 * @param config what is set now
 * @throws Fault `setting-value-odd`
 */
export function readChange(setting: Setting, value: string | undefined, config: KeyConfig): Change {
  return CHANGES[setting](value, config);
}

const CHANGES: Readonly<Record<Setting, (value: string | undefined, config: KeyConfig) => Change>> = {
  'always-verify': (value, { alwaysUv, canConfigure }) => {
    const on = onOrOff('always-verify', value, ['on', 'off']);
    return {
      value: on,
      will: on
        ? 'The key will ask for its PIN or a fingerprint at every use, also where a site does not. It can be turned off again'
        : 'The key will ask for its PIN or a fingerprint only where a site wants it. It can be turned on again',
      lasting: false,
      already: alwaysUv === on,
      possible: alwaysUv !== undefined && canConfigure,
      apply: (key, dialogue) => setAlwaysUv(key, on, dialogue),
    };
  },
  'minimum-pin': (value, { minPinLength, canSetMinPin }) => {
    const length = Number(value);
    if (!/^\d{1,2}$/.test(value ?? '')) throw odd('minimum-pin', value, 'a number of characters from 4 to 63');
    return {
      value: length,
      will: `A PIN of this key must have at least ${length} characters from now on; one that is shorter must be changed. ${ONLY_RESET}`,
      lasting: true,
      already: canSetMinPin && length === minPinLength,
      possible: canSetMinPin && length > minPinLength,
      async apply(key, dialogue) {
        await setMinimumPin(key, { length, ...dialogue });
        return 'changed';
      },
    };
  },
  'minimum-pin-sites': (value, { maxRpIds, canSetMinPin }) => {
    const rpIds = (value ?? '').split(',').map((site) => site.trim().toLowerCase());
    if (!rpIds.every((site) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(site))) {
      throw odd('minimum-pin-sites', value, 'domains with commas between them: login.microsoft.com,example.org');
    }
    return {
      value: rpIds,
      will: `These sites may ask the key for the least length of its PIN (${maxRpIds} at most): ${rpIds.join(', ')}. They replace the ones before`,
      lasting: false,
      already: false,
      possible: canSetMinPin && rpIds.length <= maxRpIds,
      async apply(key, dialogue) {
        await setMinimumPin(key, { rpIds, ...dialogue });
        return 'changed';
      },
    };
  },
  'force-pin-change': (value, { forcePinChange, canSetMinPin }) => {
    if (value !== undefined) onOrOff('force-pin-change', value, ['on']);
    return {
      value: true,
      will: 'The key will do nothing more before its PIN is changed ("keyvouch-agent pin change")',
      lasting: false,
      already: forcePinChange,
      possible: canSetMinPin,
      async apply(key, dialogue) {
        await setMinimumPin(key, { forceChange: true, ...dialogue });
        return 'changed';
      },
    };
  },
  'enterprise-attestation': (value, { enterpriseAttestation, canConfigure }) => {
    onOrOff('enterprise-attestation', value, ['on']);
    return {
      value: true,
      will: `The key may tell sites that it was made for which very key it is. ${ONLY_RESET}`,
      lasting: true,
      already: enterpriseAttestation === true,
      possible: enterpriseAttestation !== undefined && canConfigure,
      apply: enableEnterpriseAttestation,
    };
  },
};

function onOrOff(setting: Setting, value: string | undefined, allowed: readonly string[]): boolean {
  if (value === undefined || !allowed.includes(value)) throw odd(setting, value, allowed.join(' or '));
  return value === 'on';
}

function odd(setting: Setting, value: string | undefined, wanted: string): Fault {
  const got = value === undefined ? 'No value was given' : `"${printable(value, 80)}" is no value`;
  return new Fault({
    code: 'setting-value-odd',
    say: `${got} for ${setting}.`,
    todo: `Write "keyvouch-agent config set ${setting}" and then ${wanted}.`,
  });
}
