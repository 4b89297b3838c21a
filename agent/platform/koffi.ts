import type * as koffiModule from 'koffi';
import { Fault } from '../protocol/fault';

/** The library that calls C functions; only this room knows it. */
export type Koffi = typeof koffiModule;

/** A C function as koffi hands it out, with its untyped edges closed. */
export interface Native {
  (...args: unknown[]): unknown;
  /** The same on a thread of its own; the last argument is called with the error and the result. */
  async: (...args: unknown[]) => unknown;
}

/**
 * Loads koffi, whose native part is shipped for Windows alone: who never asks for it never pays for it.
 *
 * @throws Fault `key-platform-missing`
 */
export async function loadKoffi(): Promise<Koffi> {
  try {
    return (await import('koffi')).default;
  } catch (cause) {
    throw platformMissing('koffi', cause);
  }
}

/** Windows cannot be asked: its WebAuthn service, or what calls it, is not there. */
export function platformMissing(missing: string, cause?: unknown): Fault {
  return new Fault({
    code: 'key-platform-missing',
    say: 'Windows cannot be asked to make the passkey: its WebAuthn service is not there.',
    todo: 'Use Windows 10 1903 or newer and install the agent again; or ask your helpdesk for the Keyvouch broker.',
    facts: { missing },
    cause,
  });
}
