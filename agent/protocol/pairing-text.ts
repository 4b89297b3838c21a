import { type PairRequest } from './messages';

/** The text over which a new key proves itself (`bh` of its pairing proof): all that it says of itself, in one order. */
export function pairingText({
  publicPart,
  secretPart,
  jwk,
  name,
  platform,
  agentVersion,
}: Omit<PairRequest, 'proof'>): string {
  return JSON.stringify([publicPart, secretPart, jwk.x, jwk.y, name, platform, agentVersion]);
}
