import { Fault } from '../../protocol/fault';

/** Ends after which nobody knows whether the key has done what it was asked to, or which say that it has. */
const UNCLEAR = new Set(['key-gone', 'key-silent', 'key-too-slow', 'key-malformed', 'key-cancelled']);

export function isUnclear(error: unknown): boolean {
  return error instanceof Fault && (UNCLEAR.has(error.code) || error.facts['orphan'] === true);
}
