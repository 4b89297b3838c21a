import { type PipelinePolicy } from '../../../bot/storage';

export type Request = Parameters<PipelinePolicy['sendRequest']>[0];
export type Response = Awaited<ReturnType<PipelinePolicy['sendRequest']>>;
type Headers = Response['headers'];

/** Headers of a reply that never came over a wire. */
function headersOf(values: Readonly<Record<string, string>>): Headers {
  const all = new Map(Object.entries(values));
  const headers: Headers = {
    get: (name) => all.get(name.toLowerCase()),
    has: (name) => all.has(name.toLowerCase()),
    set: (name, value) => void all.set(name.toLowerCase(), String(value)),
    delete: (name) => void all.delete(name.toLowerCase()),
    toJSON: () => Object.fromEntries(all),
    [Symbol.iterator]: () => all.entries(),
  };
  return headers;
}

/** A reply as the Table service would write it, whole in memory. */
export function tablesReply(
  request: Request,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const json = { 'content-type': 'application/json;odata=minimalmetadata', ...headers };
  return { request, status, headers: headersOf(json), bodyAsText: JSON.stringify(body) };
}

/** An error in the service's own form: `{"odata.error": {code, message}}`. */
export function tablesError(
  request: Request,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const message = { lang: 'en-US', value: `${code}: said by the weather.` };
  return tablesReply(request, status, { 'odata.error': { code, message } }, headers);
}
