import { Secret } from '../../agent/protocol/secret';
import { type AdaptiveCard, type Words } from '../../cards';

/** One card in one state. */
export interface Sample {
  /** `progress: waiting, as requester`. */
  name: string;
  draw(words: Words): AdaptiveCard;
  /** The secrets that this card alone may show; empty for all others. */
  shows: readonly string[];
}

/** Values that stand for secrets: wherever they come out of a card that may not show them, something leaks. */
export const SECRETS = { vouchCode: '481516', pass: 'K7#pW*q_2[m]', pairing: 'KV4Q-9D7M-2XPT' } as const;

export function secretOf(name: keyof typeof SECRETS): Secret {
  return new Secret(SECRETS[name]);
}
