import { type KeyConfig, keyConfig } from '../../operations/configure';
import { type ConfigSetOptions, type Setting } from '../config';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { agree } from './agree';
import { rows } from './rows';
import { readChange } from './settings';
import { withKey } from './with-key';

/** Shows what is set, and what this model can set. */
export function show(options: KeyOptions, session: Session): Promise<Outcome<'config show'>> {
  return withKey(options, session, async (key) => {
    const config = keyConfig(key);
    return {
      document: {
        canConfigure: config.canConfigure,
        alwaysVerify: config.alwaysUv ?? null,
        minimumPin: config.minPinLength,
        canSetMinimumPin: config.canSetMinPin,
        minimumPinSites: config.maxRpIds,
        pinMustChange: config.forcePinChange,
        enterpriseAttestation: config.enterpriseAttestation ?? null,
        longTouchForReset: config.longTouchForReset,
      },
      text: forPeople(config),
    };
  });
}

function forPeople(config: KeyConfig): string {
  const onOff = (value: boolean | undefined) => (value === undefined ? 'not on this model' : value ? 'on' : 'off');
  return rows([
    ['always-verify', onOff(config.alwaysUv)],
    ['minimum-pin', `${config.minPinLength} characters${config.canSetMinPin ? '' : ' (fixed on this model)'}`],
    [
      'minimum-pin-sites',
      config.maxRpIds === 0 ? 'not on this model' : `at most ${config.maxRpIds} (the key does not tell which)`,
    ],
    ['force-pin-change', config.forcePinChange ? 'the PIN must be changed' : 'no'],
    ['enterprise-attestation', onOff(config.enterpriseAttestation)],
    ['Reset', config.longTouchForReset ? 'by a long touch' : 'by a touch'],
    ...(config.canConfigure ? [] : [['', 'This model has no settings that can be changed.'] as const]),
  ]);
}

/** Changes one setting, after saying what will happen and a yes. */
export function set(
  { setting, value }: { setting: Setting; value: string | undefined },
  options: ConfigSetOptions,
  session: Session,
): Promise<Outcome<'config set'>> {
  return withKey(options, session, async (key, dialogue) => {
    const change = readChange(setting, value, keyConfig(key));
    const given = options.confirm ?? (options.yes && !change.lasting ? setting : undefined);
    if (change.possible && !change.already) {
      await agree(session, { question: `${change.will}. Do it?`, proofs: [setting], given });
    }
    const result = change.already ? 'already' : await change.apply(key, dialogue);
    return {
      document: { setting, value: change.value, result },
      text: result === 'already' ? 'It was set like that already.' : 'It is set.',
    };
  });
}
