import { type CborMap, cborMap } from '../ctap/cbor';
import { ctapFault } from '../ctap/ctap-fault';
import { STATUS } from '../ctap/status';
import { type CreationOptions } from './creation-options';
import { type Key } from './key';

/** Extension inputs in the key's own terms; refuses a key that lacks what must not be left out. */
export function planExtensions(
  key: Pick<Key, 'info'>,
  { credProtect, hmacSecret, discoverable }: CreationOptions,
): CborMap {
  if (discoverable && key.info.options['rk'] !== true) throw ctapFault(STATUS.UNSUPPORTED_OPTION, { option: 'rk' });
  const knows = (name: string) => key.info.extensions.includes(name);
  if (credProtect?.enforce && credProtect.level > 1 && !knows('credProtect')) {
    throw ctapFault(STATUS.UNSUPPORTED_OPTION, { option: 'credProtect' });
  }
  return cborMap([
    ['credProtect', knows('credProtect') ? credProtect?.level : undefined],
    ['hmac-secret', hmacSecret && knows('hmac-secret') ? true : undefined],
  ]);
}

/** The algorithms that both sides know, the most wanted first. */
export function usableAlgorithms(key: Pick<Key, 'info'>, { algorithms }: CreationOptions): number[] {
  const known = key.info.algorithms?.map(({ alg }) => alg);
  // A key that does not list its algorithms decides itself.
  const usable = known ? algorithms.filter((alg) => known.includes(alg)) : algorithms;
  if (usable.length === 0) throw ctapFault(STATUS.UNSUPPORTED_ALGORITHM);
  return usable;
}
