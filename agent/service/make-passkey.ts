import { hidRegistrar } from '../operations/hid-registrar';
import { type Key } from '../operations/key';
import { type Prompts } from '../operations/prompts';
import { type Registration } from '../operations/registrar';
import { encodeBase64Url } from '../protocol/credential-id';
import { type Job } from '../protocol/job';
import { type ResultRequest, type StartReply } from '../protocol/messages';
import { modelRules } from './model-rules';

export type MadeResult = Extract<ResultRequest, { outcome: 'made' }>;

/** Makes the passkey that a started job asks for. @throws Fault of the key, of the options, `key-model-not-allowed` */
export function makePasskey(
  key: Key,
  { rpId }: Pick<Job, 'rpId'>,
  { options, models }: StartReply,
  dialogue: { prompts: Prompts; signal?: AbortSignal | undefined },
): Promise<Registration> {
  return hidRegistrar(key).register({
    ...dialogue,
    options,
    rpId,
    origin: `https://${rpId}`,
    allows: modelRules(models),
  });
}

/** What the service gets of it. */
export function madeResult(made: Registration, jobDigest: string): MadeResult {
  return {
    outcome: 'made',
    jobDigest,
    credentialId: encodeBase64Url(made.credentialId),
    clientDataJSON: encodeBase64Url(made.clientDataJSON),
    attestationObject: encodeBase64Url(made.attestationObject),
    transports: made.transports.filter((name) => name.length <= 16).slice(0, 8),
  };
}
