import { type Finding, notChecked, ok } from './finding';

/** The way that the agent goes to the service. */
export type Route =
  | { kind: 'direct'; why: 'no proxy is named' | 'NO_PROXY names the service' | 'the service is on this machine' }
  | { kind: 'proxy'; variable: string; address: string };

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Which proxy applies, by the variables that the agent's connection reads. A name and a password in the proxy's address
 * are left out of what is said.
 */
export function routeTo(service: string, env: NodeJS.ProcessEnv): Route {
  const url = new URL(service);
  if (LOOPBACK.test(url.hostname)) return { kind: 'direct', why: 'the service is on this machine' };
  const variable = (url.protocol === 'https:' ? named('https_proxy', env) : undefined) ?? named('http_proxy', env);
  if (variable === undefined) return { kind: 'direct', why: 'no proxy is named' };
  if (isExcepted(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) {
    return { kind: 'direct', why: 'NO_PROXY names the service' };
  }
  return { kind: 'proxy', variable, address: withoutSecrets(env[variable] ?? '') };
}

/** As curl and undici read it: the small letters go before, also where they name nothing. */
function named(variable: string, env: NodeJS.ProcessEnv): string | undefined {
  const name = env[variable] === undefined ? variable.toUpperCase() : variable;
  return env[name] ? name : undefined;
}

function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const here = port || (protocol === 'https:' ? '443' : '80');
  if (list === '*') return true;
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = entry, onPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const bare = name.replace(/^\*?\./, '').toLowerCase();
      return (onPort === undefined || onPort === here) && (hostname === bare || hostname.endsWith(`.${bare}`));
    });
}

function withoutSecrets(address: string): string {
  try {
    const { protocol, host } = new URL(address);
    return `${protocol}//${host}`;
  } catch {
    return 'an address that cannot be read';
  }
}

/** Says which way is taken; whether it leads anywhere is for the service's check. */
export function proxyCheck(route: Route | undefined): Finding {
  if (!route) return notChecked('proxy', 'The proxy is not checked: the address of the service is not known.');
  if (route.kind === 'direct') return ok('proxy', `The service is reached directly: ${route.why}.`);
  return ok('proxy', `The service is reached through the proxy ${route.address} (${route.variable}).`);
}
