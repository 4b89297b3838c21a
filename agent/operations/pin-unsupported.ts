import { Fault } from '../protocol/fault';

/** A key that can verify nobody is of no use here. */
export function pinUnsupported(): Fault {
  return new Fault({
    code: 'key-pin-unsupported',
    say: 'This security key has neither a PIN nor a fingerprint reader.',
    todo: 'Use another model of key.',
  });
}
