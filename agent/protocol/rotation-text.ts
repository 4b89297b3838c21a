import { type WorkstationJwk } from './messages';

/**
 * The text over which a workstation's next key proves itself (`bh` of its proof): for which workstation, in place of
 * which key, and itself; so that a proof cannot be carried to another workstation or to a later turn.
 * @param present RFC 7638 thumbprint of the key that it replaces
 */
export function rotationText(workstation: string, present: string, { x, y }: WorkstationJwk): string {
  return JSON.stringify([workstation, present, x, y]);
}
