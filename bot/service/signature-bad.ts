import { Fault } from '../../agent/protocol/fault';

/** The ticket says something else than what was signed: whoever can write the tables cannot cause an effect. */
export function changed(): Fault {
  return new Fault({
    code: 'signature-bad',
    say: 'This ticket is not what was approved, so nothing was done with it.',
    todo: 'Please tell your security team: somebody may have changed the records.',
  });
}
