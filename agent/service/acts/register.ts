import { type Registration } from '../../operations/registrar';
import { encodeBase64Url } from '../../protocol/credential-id';
import { modelRules } from '../model-rules';
import { type ActEnd, type Good, type StartedJob } from './act';

/** Makes the passkey that a started job asks for. @throws Fault of the key, of the options, `key-model-not-allowed` */
export async function register(started: StartedJob<'register'>): Promise<ActEnd<'register'>> {
  const { opened, job, start, prompts, signal, tell } = started;
  await started.making();
  const made = await opened.registrar.register({
    prompts,
    signal,
    options: start.options,
    rpId: job.rpId,
    origin: `https://${job.rpId}`,
    allows: modelRules(start.models),
  });
  tell({ event: 'made', job: job.jti, credentialId: encodeBase64Url(made.credentialId) });
  return { result: madeResult(made), remove: made.remove, forget: made.forget };
}

function madeResult(made: Registration): Good<'register'> {
  return {
    outcome: 'made',
    credentialId: encodeBase64Url(made.credentialId),
    clientDataJSON: encodeBase64Url(made.clientDataJSON),
    attestationObject: encodeBase64Url(made.attestationObject),
    transports: made.transports.filter((name) => name.length <= 16).slice(0, 8),
  };
}
