import { type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { badSyntax, ConnectorError, notFound, tooManyRequests, unauthorized } from './connector-error';
import { type Connector } from './connector';
import { readBody, sendJson } from './http';
import { createRates } from './rates';
import { refusalError, type Weather } from './switches';
import { type Tokens } from './tokens';
import { type Traffic } from './traffic';

/** Where the service URL's paths begin. */
export const CONNECTOR_PATH = '/connector';

export interface ServiceSettings {
  tokens: Tokens;
  connector: Connector;
  weather: Weather;
  traffic: Traffic;
  now: () => number;
  /** The address of this server, known once it listens. */
  url: () => string;
}

type Outcome = { status: number; body: unknown; headers?: Readonly<Record<string, string>> } | 'drop';

/** One HTTP request to Teams' side: keys, tokens, connector. */
export function createService(settings: ServiceSettings) {
  const { tokens, connector, weather, traffic } = settings;
  const rates = createRates(settings.now);

  const metadata = (): Outcome => ({
    status: 200,
    body: {
      issuer: 'https://api.botframework.com',
      authorization_endpoint: 'https://invalid.botframework.com',
      jwks_uri: `${settings.url()}/keys/${tokens.kid}`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    },
  });

  const token = async (body: Buffer): Promise<Outcome> => {
    const form = new URLSearchParams(body.toString('utf8'));
    const what = weather.strike('token', undefined);
    if (what === 'reset' || what === 'lost-reply') return 'drop';
    if (what) throw refusalError(what);
    const granted =
      form.get('grant_type') === 'client_credentials'
        ? await tokens.botToken(form.get('client_id') ?? '', form.get('client_secret') ?? '')
        : undefined;
    if (granted === undefined) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'Wrong id or secret.' } };
    }
    return {
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: granted },
    };
  };

  const conversations = async (request: IncomingMessage, path: string, raw: Buffer): Promise<Outcome> => {
    const { searchParams: query } = new URL(request.url ?? '/', 'http://loopback');
    if (!(await tokens.isBot(request.headers.authorization))) throw unauthorized();
    if (weather.latencyMs > 0) await pause(weather.latencyMs);
    const parts = path.slice(CONNECTOR_PATH.length).split('/').filter(Boolean).map(decoded);
    const call = { method: request.method ?? '', parts, query, body: jsonOf(raw), bytes: raw.length };
    const planned = connector(call);
    const what = weather.strike(planned.operation, planned.person?.id);
    if (what === 'reset') return 'drop';
    if (what !== undefined && what !== 'lost-reply') throw refusalError(what);
    const kind = planned.operation === 'members' ? 'reading' : 'sending';
    if (weather.rates && !rates(planned.conversation, kind)) throw tooManyRequests();
    const reply = planned.run();
    return what === 'lost-reply' ? 'drop' : reply;
  };

  const answer = async (request: IncomingMessage, path: string, raw: Buffer): Promise<Outcome> => {
    if (request.method === 'GET' && path === `/openid/${tokens.kid}`) return metadata();
    if (request.method === 'GET' && path === `/keys/${tokens.kid}`) return { status: 200, body: tokens.jwks() };
    if (request.method === 'POST' && path.endsWith('/oauth2/v2.0/token')) return token(raw);
    if (path.startsWith(`${CONNECTOR_PATH}/`)) return conversations(request, path, raw);
    throw notFound();
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://loopback').pathname;
    const raw = await readBody(request);
    const outcome: Outcome = await (
      raw ? answer(request, path, raw) : Promise.reject(refusalError({ status: 413, code: 'MessageSizeTooBig' }))
    ).catch(outcomeOf);
    if (path.startsWith(`${CONNECTOR_PATH}/`)) {
      traffic.add({
        way: 'from-bot',
        method: request.method ?? '',
        path,
        request: raw && textOrJson(raw),
        status: outcome === 'drop' ? 0 : outcome.status,
        reply: outcome === 'drop' ? 'connection dropped' : outcome.body,
      });
    }
    if (outcome === 'drop') response.destroy();
    else sendJson(response, outcome.status, outcome.body, outcome.headers);
  };
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ConnectorError)) throw error;
  const { status, code, message, headers } = error;
  return { status, body: { error: { code, message } }, headers };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badSyntax('Bad format of request');
  }
}

function jsonOf(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString('utf8')) as unknown;
  } catch {
    throw badSyntax('Bad format of request');
  }
}

function textOrJson(raw: Buffer): unknown {
  const text = raw.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
