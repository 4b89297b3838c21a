import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { z } from 'zod';
import { product } from './compose';
import { bodyOf, parseBody, refusal } from './http';

/** Teams sends no activity of ours that is larger. */
const ACTIVITY_AT_MOST = 256 * 1024;

/** What Teams sends: messages, buttons pressed, the app installed. The token is checked by botbuilder. */
async function messages(request: HttpRequest): Promise<HttpResponseInit> {
  try {
    const body = parseBody(z.record(z.unknown()), await bodyOf(request, ACTIVITY_AT_MOST));
    const { bot } = await product();
    const headers = Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value]));
    const { status, body: answer } = await bot.handle({ method: request.method, headers, body });
    return answer === undefined ? { status } : { status, jsonBody: answer };
  } catch (error) {
    return refusal(error);
  }
}

app.http('messages', { methods: ['POST'], authLevel: 'anonymous', route: 'messages', handler: messages });
