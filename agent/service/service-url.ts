import { Fault } from '../protocol/fault';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * Reads the address of the service as a person gives it: https, or http on this very machine.
 * @returns it without a slash at its end, as the service signs it. @throws Fault `service-address-wrong`
 */
export function serviceUrl(text: string): string {
  const typed = text.trim();
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  } catch (error) {
    throw wrong('is not a web address', error);
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) throw wrong('must begin with https');
  if (url.username || url.password || url.search || url.hash) {
    throw wrong('must be a plain web address, without a name, a question or a hash');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function wrong(what: string, cause?: unknown): Fault {
  return new Fault({
    code: 'service-address-wrong',
    say: `The address of the Keyvouch service ${what}.`,
    todo: 'Copy it from the chat with Keyvouch, or ask your helpdesk; it looks like https://keyvouch.example.com.',
    cause,
  });
}
