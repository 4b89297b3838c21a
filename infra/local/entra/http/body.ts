import type { IncomingMessage } from 'node:http';
import { GraphError, odataBadRequest } from '../graph-error';

const MAX_BYTES = 4 * 1024 * 1024;

/** The raw body. Throws Graph's 413 for one that is too long. */
export const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new GraphError(413, 'RequestEntityTooLarge', 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** The body as JSON, undefined without one. Throws Graph's 400. */
export const parseJson = (text: string, contentType: string | undefined): unknown => {
  if (text === '') return undefined;
  if (!(contentType ?? '').toLowerCase().startsWith('application/json')) {
    throw odataBadRequest('Write requests (excluding DELETE) must contain the Content-Type header declaration.');
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw odataBadRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
};
