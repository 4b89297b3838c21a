import { type z } from 'zod';
import {
  JobsReply,
  KeyReply,
  type KeyRequest,
  JobStateReply,
  ModelsReply,
  PairReply,
  type PairRequest,
  type ResultRequest,
  StartReply,
} from '../protocol/messages';
import { pairingText } from '../protocol/pairing-text';
import { PAIR_PROOF_TYPE, PROOF_HEADER, PROOF_TYPE, ROTATE_PROOF_TYPE } from '../protocol/request-proof';
import { rotationText } from '../protocol/rotation-text';
import { type Connection } from './connection';
import { type WorkstationKey } from './key-store';
import { readReply } from './reply';
import { proofOf } from './signed-request';

/** The workstation API as its paired agent calls it. Each call is signed anew; each rejects with a Fault. */
export interface Service {
  jobs(signal?: AbortSignal): Promise<JobsReply>;
  start(job: string, number: string, signal?: AbortSignal): Promise<StartReply>;
  result(job: string, result: ResultRequest, signal?: AbortSignal): Promise<JobStateReply>;
  state(job: string, signal?: AbortSignal): Promise<JobStateReply>;
  /** Which models of key the tenant lets in. */
  models(signal?: AbortSignal): Promise<ModelsReply>;
  /** Names the key that is to take the place of the present one. The same again changes nothing. */
  nameNextKey(next: WorkstationKey, signal?: AbortSignal): Promise<KeyReply>;
  /** The same workstation, whose requests another key signs. */
  signedBy(key: WorkstationKey): Service;
}

export interface Paired {
  service: string;
  workstation: string;
  key: WorkstationKey;
}

export function serviceFor(connection: Connection, paired: Paired): Service {
  const { service, workstation, key } = paired;
  const base = `${service}/api/workstations/${encodeURIComponent(workstation)}`;

  async function call<T extends z.ZodTypeAny>(
    schema: T,
    path: string,
    content: unknown,
    signal: AbortSignal | undefined,
  ): Promise<z.output<T>> {
    const method = content === undefined ? 'GET' : 'POST';
    const body = content === undefined ? '' : JSON.stringify(content);
    const url = base + path;
    const proof = await proofOf(key, PROOF_TYPE, { service, method, url, body });
    const headers = { [PROOF_HEADER]: proof, ...(method === 'POST' && { 'content-type': 'application/json' }) };
    return readReply(schema, await connection.send({ method, url, headers, body, signal }));
  }

  const at = (job: string, what = '') => `/jobs/${encodeURIComponent(job)}${what}`;
  return {
    jobs: (signal) => call(JobsReply, '/jobs', undefined, signal),
    start: (job, number, signal) => call(StartReply, at(job, '/start'), { number }, signal),
    result: (job, result, signal) => call(JobStateReply, at(job, '/result'), result, signal),
    state: (job, signal) => call(JobStateReply, at(job), undefined, signal),
    models: (signal) => call(ModelsReply, '/models', undefined, signal),
    async nameNextKey(next, signal) {
      const body = rotationText(workstation, key.thumbprint, next.jwk);
      const proof = await proofOf(next, ROTATE_PROOF_TYPE, { service, method: 'POST', url: `${base}/key`, body });
      const request: KeyRequest = { jwk: next.jwk, proof };
      return call(KeyReply, '/key', request, signal);
    },
    signedBy: (other) => serviceFor(connection, { ...paired, key: other }),
  };
}

/** Asks the service to take this key in. The same key may ask again when a reply was lost. */
export async function askToPair(
  connection: Connection,
  service: string,
  key: WorkstationKey,
  about: Omit<PairRequest, 'proof' | 'jwk'>,
  signal?: AbortSignal,
): Promise<PairReply> {
  const url = `${service}/api/workstations/pair`;
  const unproven = { ...about, jwk: key.jwk };
  const proof = await proofOf(key, PAIR_PROOF_TYPE, { service, method: 'POST', url, body: pairingText(unproven) });
  const body = JSON.stringify({ ...unproven, proof });
  const headers = { 'content-type': 'application/json' };
  return readReply(PairReply, await connection.send({ method: 'POST', url, headers, body, signal }));
}
