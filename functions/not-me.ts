import { createHash } from 'node:crypto';
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { Fault } from '../agent/protocol/fault';
import { notMeOf, sayNotMe } from '../bot/service';
import { notMePage, notMeTrouble, PAGE_STYLE, wordsFor } from '../cards';
import { product } from './compose';
import { note } from './http';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** The address holds the right to stop a request: it goes into no referrer, cache, frame or index. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex, nofollow',
};

const STATUS: Readonly<Record<string, number>> = { 'link-odd': 404, 'link-over': 410 };

function html(status: number, body: string): HttpResponseInit {
  return { status, headers: HEADERS, body };
}

/** What went wrong, in the language that the browser asks for: whose link it is is not known then. */
function trouble(request: HttpRequest, error: unknown): HttpResponseInit {
  note(error);
  const code = error instanceof Fault ? error.code : 'unexpected';
  const locale = request.headers.get('accept-language')?.split(',')[0]?.trim();
  return html(STATUS[code] ?? 503, notMeTrouble(code, wordsFor(locale)));
}

/**
 * "This was not me", behind the link of a mail. GET shows what the request is and asks; it changes nothing, for those who
 * scan mails follow every link. POST, which only a person sends, stops it; a second one finds it stopped.
 */
export async function notMe(request: HttpRequest): Promise<HttpResponseInit> {
  try {
    const { deps } = await product();
    const token = request.params['token'] ?? '';
    const shown = await (request.method === 'POST' ? sayNotMe(deps, token) : notMeOf(deps, token));
    return html(shown.state === 'over' ? 409 : 200, notMePage(shown, wordsFor(shown.locale)));
  } catch (error) {
    return trouble(request, error);
  }
}

app.http('not-me', { methods: ['GET', 'POST'], authLevel: 'anonymous', route: 'not-me/{token}', handler: notMe });
