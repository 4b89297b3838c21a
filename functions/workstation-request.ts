import { type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { PROOF_HEADER } from '../agent/protocol/request-proof';
import { type Deps } from '../bot/service';
import { type WorkstationRecord } from '../bot/service/ports';
import { authenticate } from '../bot/workstations';
import { product } from './compose';
import { bodyOf, refusal } from './http';

/** Answers a request that a paired workstation has signed; any other is refused before anything is read of it. */
export async function signed(
  request: HttpRequest,
  answer: (call: { deps: Deps; workstation: WorkstationRecord; body: Buffer; job: string }) => Promise<unknown>,
): Promise<HttpResponseInit> {
  try {
    const body = await bodyOf(request);
    const { deps } = await product();
    const { value: workstation } = await authenticate(
      { store: deps.workstations, publicUrl: deps.settings.publicUrl, now: deps.now },
      {
        method: request.method,
        // The path alone: who we are called by is for the settings to say, not for a Host header.
        path: new URL(request.url).pathname,
        proof: request.headers.get(PROOF_HEADER),
        body,
        workstation: request.params['workstation'] ?? '',
      },
    );
    return { status: 200, jsonBody: await answer({ deps, workstation, body, job: request.params['job'] ?? '' }) };
  } catch (error) {
    return refusal(error);
  }
}
