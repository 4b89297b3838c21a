import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { PairRequest } from '../agent/protocol/messages';
import { pairWorkstation } from '../bot/service';
import { product } from './compose';
import { bodyOf, parseBody, refusal } from './http';

/** A workstation uses a pairing code. It proves its new key; it is of no use before its person confirms in the chat. */
async function pair(request: HttpRequest): Promise<HttpResponseInit> {
  try {
    const body = parseBody(PairRequest, await bodyOf(request));
    const { deps } = await product();
    return { status: 200, jsonBody: await pairWorkstation(deps, body, new URL(request.url).pathname) };
  } catch (error) {
    return refusal(error);
  }
}

app.http('workstation-pair', { methods: ['POST'], authLevel: 'anonymous', route: 'workstations/pair', handler: pair });
