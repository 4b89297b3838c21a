import { type Key } from './key';

/** The settings of a key, as getInfo shows them. */
export interface KeyConfig {
  /** Whether the key has authenticatorConfig at all. */
  canConfigure: boolean;
  /** Asks for PIN or fingerprint at every use; undefined where the key has no such setting. */
  alwaysUv: boolean | undefined;
  /** Code points. */
  minPinLength: number;
  /** Code points, where the key says so. */
  maxPinLength: number | undefined;
  /** Does nothing before its PIN is changed. */
  forcePinChange: boolean;
  canSetMinPin: boolean;
  /** To how many relying parties the minimum may be told. */
  maxRpIds: number;
  /** Undefined where the key knows none. */
  enterpriseAttestation: boolean | undefined;
  /** Whether the key refuses PINs that are too simple; undefined where it does not say. */
  pinComplexity: boolean | undefined;
  /** A reset wants the key held for some seconds. */
  longTouchForReset: boolean;
}

/** Reads the settings out of what the key said last; sends nothing. */
export function keyConfig({ info }: Pick<Key, 'info'>): KeyConfig {
  const { options } = info;
  const canConfigure = options['authnrCfg'] === true;
  return {
    canConfigure,
    alwaysUv: options['alwaysUv'],
    minPinLength: info.minPinLength,
    maxPinLength: info.maxPinLength,
    forcePinChange: info.forcePinChange,
    canSetMinPin: canConfigure && options['setMinPINLength'] === true,
    maxRpIds: info.maxRpIdsForSetMinPinLength ?? 0,
    enterpriseAttestation: options['ep'],
    pinComplexity: info.pinComplexityPolicy,
    longTouchForReset: info.longTouchForReset,
  };
}
