import { type RegisteredFunction } from './worker';

export interface Match {
  registered: RegisteredFunction;
  params: Record<string, string>;
}

/** A route such as `workstations/{workstation}/jobs` as a pattern over a path; `{name}` is one segment. */
function patternOf(prefix: string, route: string): RegExp {
  const path = [prefix, route].filter((part) => part !== '').join('/');
  const source = path
    .split('/')
    .map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name ? `(?<${name}>[^/]+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^/${source}/?$`, 'i');
}

/** Finds the function of a request. The real host answers a wrong method with 404, so a miss is a miss. */
export function router(functions: readonly RegisteredFunction[], prefix: string) {
  const routes = functions
    .filter(({ trigger }) => trigger.type === 'httptrigger')
    .map((registered) => ({ registered, pattern: patternOf(prefix, registered.trigger.route) }))
    // A literal segment wins over a parameter.
    .sort((a, b) => a.registered.trigger.route.split('{').length - b.registered.trigger.route.split('{').length);
  return (method: string, path: string): Match | undefined => {
    for (const { registered, pattern } of routes) {
      const match = registered.trigger.methods.includes(method) ? pattern.exec(path) : null;
      if (match) {
        const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
        return { registered, params: Object.fromEntries(params) as Record<string, string> };
      }
    }
    return undefined;
  };
}
