import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { causesOf, errorCode } from './error-code';

const TLS = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|SIGNATURE_FAILURE/;

/** An error of the network as a person can act on it. */
export function connectionFault(error: unknown, { cancelled }: { cancelled: boolean }): Fault {
  if (error instanceof Fault) return error;
  if (cancelled) return keyCancelled(error);
  const code = codeOf(error);
  if (TLS.test(code)) {
    return new Fault({
      code: 'service-tls',
      say: 'The certificate of the Keyvouch service is not trusted on this workstation.',
      todo: 'If your network checks encrypted traffic, name its root certificate with --ca FILE or NODE_EXTRA_CA_CERTS.',
      facts: { code },
      cause: error,
    });
  }
  return new Fault({
    code: 'service-unreachable',
    say: `The Keyvouch service does not answer${code === '' ? '' : ` (${code})`}.`,
    todo: proxied()
      ? 'Check the network and the proxy that HTTPS_PROXY names, then try again.'
      : 'Check the network and the address of the service; behind a proxy, set HTTPS_PROXY. Then try again.',
    retry: true,
    facts: { code },
    cause: error,
  });
}

/** The innermost code: Node and undici wrap the cause. */
function codeOf(error: unknown): string {
  const causes = causesOf(error);
  const late = causes.some((each) => each instanceof DOMException && each.name === 'TimeoutError');
  return causes.map(errorCode).findLast((code) => code !== undefined) ?? (late ? 'timed out' : '');
}

function proxied(): boolean {
  const { env } = process;
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => Boolean(env[name]));
}
