import { app, type HttpResponseInit } from '@azure/functions';
import { product } from './compose';

/** Whether this instance can work: settings read, keys there, storage answers. Tells nothing else to anyone. */
async function health(): Promise<HttpResponseInit> {
  try {
    const { storage } = await product();
    await storage.ping();
    return { status: 200, jsonBody: { status: 'ok' } };
  } catch {
    return { status: 503, jsonBody: { status: 'unavailable' } };
  }
}

app.http('health', { methods: ['GET'], authLevel: 'anonymous', route: 'health', handler: health });
