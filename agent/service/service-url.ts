import { Fault } from '../protocol/fault';
import { addressProblem, asSigned } from '../protocol/service-address';

/**
 * Reads the address of the service as a person gives it: https, or http on this very machine.
 * @returns it as it is signed. @throws Fault `service-address-wrong`
 */
export function serviceUrl(text: string): string {
  const typed = text.trim();
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  } catch (error) {
    throw wrong('is not a web address', error);
  }
  const problem = addressProblem(url);
  if (problem !== undefined) throw wrong(problem);
  return asSigned(url);
}

function wrong(what: string, cause?: unknown): Fault {
  return new Fault({
    code: 'service-address-wrong',
    say: `The address of the Keyvouch service ${what}.`,
    todo: 'Copy it from the chat with Keyvouch, or ask your helpdesk; it looks like https://keyvouch.example.com.',
    cause,
  });
}
