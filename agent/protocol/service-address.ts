/** Whether a web address leads to this very machine. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** Why an address cannot be that of the service; undefined where it can: https, or http on this very machine. */
export function addressProblem(url: URL): string | undefined {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) return 'must begin with https';
  if (url.username || url.password || url.search || url.hash)
    return 'must be a plain web address, without a name, a question or a hash';
  return undefined;
}

/** An address as both sides write it, without a slash at its end: what workstations sign names it letter by letter. */
export function asSigned({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
