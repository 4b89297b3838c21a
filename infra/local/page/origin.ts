import { type IncomingMessage } from 'node:http';

/**
 * Whether a request comes from this very page. The Host check stops names that were bound anew to 127.0.0.1, the Origin
 * and Sec-Fetch-Site checks stop other sites' pages in the same browser.
 */
export function isOwn(request: IncomingMessage, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) return false;
  const site = request.headers['sec-fetch-site'];
  if (request.method !== 'POST') return site === undefined || site === 'same-origin' || site === 'none';
  return origin === `http://${host}` && (site === undefined || site === 'same-origin');
}
