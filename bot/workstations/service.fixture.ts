import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../agent/protocol/fault';
import { ENTRA_RP_ID, type Job } from '../../agent/protocol/job';
import {
  KeyRequest,
  type Models,
  PairRequest,
  ResultRequest,
  ServiceKeys,
  type StartReply,
  StartRequest,
} from '../../agent/protocol/messages';
import { PROOF_HEADER } from '../../agent/protocol/request-proof';
import { fileKeys, rotateFileKeys } from '../keys/file-keys';
import { type Keys } from '../keys/keys';
import { type WorkstationJob, type WorkstationRecord } from '../service/ports';
import {
  authenticate,
  badRequest,
  hashOfChallenge,
  jobOf,
  type JobResult,
  newCode,
  noteNextKey,
  pair,
  readResult,
  verifyRegistration,
} from '.';
import { memoryWorkstations } from './memory-store.fixture';

export const NUMBER = '42';

/** What a test may change while the service runs. */
export interface Switches {
  /** Milliseconds by which the service's clock differs. */
  clockMs: number;
  /** Replies that are lost on their way: the work is done, the connection is cut. */
  loseReplies: RegExp | undefined;
  /** What Entra says to a good registration. */
  entra: 'registered' | 'failed' | 'made';
  models: Models;
  roots: string[];
  /** The act that a start is answered for, where it is not the job's own. */
  begin: Job['act'] | undefined;
}

/**
 * The workstation API over HTTP with this room's real functions, in memory, and without tickets: a job is offered by the
 * test, its number is always the same.
 */
export async function startService() {
  const home = await mkdtemp(join(tmpdir(), 'keyvouch-service-'));
  const keyFile = join(home, 'keys.json');
  let keys: Keys = await fileKeys(keyFile);
  const store = memoryWorkstations();
  const switches: Switches = {
    clockMs: 0,
    loseReplies: undefined,
    entra: 'registered',
    models: [],
    roots: [],
    begin: undefined,
  };
  const challenges = new Map<string, string>();
  const results: ResultRequest[] = [];
  const read: JobResult[] = [];
  const requests: string[] = [];
  const now = () => new Date(Date.now() + switches.clockMs);
  const deps = () => ({ store, keys, now, publicUrl: url, newId: () => randomBytes(8).toString('hex') });
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body }) => {
      if (switches.loseReplies?.test(`${request.method ?? ''} ${request.url ?? ''}`))
        return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', date: now().toUTCString() });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      return { status: 200, body: await route(request, Buffer.concat(chunks)) };
    } catch (error) {
      if (!(error instanceof Fault)) return { status: 500, body: { error: String(error) } };
      const { code, say, todo, retry } = error;
      const unauthorised = /^(proof-|clock-off|workstation-not-paired)/.test(code);
      const status = unauthorised ? 401 : code === 'pairing-code-wrong' ? 403 : retry ? 503 : 409;
      return { status, body: { error: { code, say, todo } } };
    }
  }

  async function route(request: IncomingMessage, body: Buffer): Promise<unknown> {
    const path = request.url ?? '';
    const json = () => JSON.parse(body.toString()) as unknown;
    if (path === '/api/workstations/pair') {
      const { id, kind } = await pair(deps(), PairRequest.parse(json()), path);
      return { workstation: id, person: 'Ada Lovelace', kind, serviceKeys: await serviceKeys() };
    }
    const [, , , workstation = '', what, job = '', verb] = path.split('/');
    const proof = request.headers[PROOF_HEADER];
    const signed = { method: request.method ?? '', path, body, workstation };
    const { value } = await authenticate(deps(), { ...signed, proof: typeof proof === 'string' ? proof : null });
    if (what === 'key') return noteNextKey(deps(), value, KeyRequest.parse(json()), path);
    if (what === 'models') return value.kind === 'own' ? { models: switches.models } : {};
    if (job === '') return listed(value);
    const row = await store.job(value.id, job);
    if (!row) throw badRequest('job-unknown', 'Keyvouch has no such job for this workstation.');
    if (verb === 'start') return started(row.value, StartRequest.parse(json()).number);
    if (verb === 'result') await taken(row.value, ResultRequest.parse(json()));
    return stateOf(value.id, job);
  }

  async function serviceKeys() {
    return ServiceKeys.parse({ keys: await keys.publicKeys(), endorsements: await keys.endorsements() });
  }

  async function listed({ id, state }: WorkstationRecord) {
    const jobs = (await store.jobs(id)).filter(({ value }) => value.state === 'offered' || value.state === 'started');
    const open = state === 'active' ? jobs.map(({ value }) => value.jws) : [];
    return { state, jobs: open, askAgainIn: 0.1, serviceKeys: await serviceKeys() };
  }

  async function mark(job: WorkstationJob, change: Partial<WorkstationJob>): Promise<void> {
    const before = await store.job(job.workstation, job.id);
    await store.putJob({ ...job, ...before?.value, ...change }, before?.etag);
  }

  async function started(job: WorkstationJob, number: string): Promise<StartReply> {
    if (number !== NUMBER) {
      await mark(job, { state: 'failed', code: 'number-wrong', orphan: false });
      throw badRequest('number-wrong', 'Keyvouch has stopped this job: the ticket says why.');
    }
    await mark(job, { state: 'started' });
    const { act } = await jobOf(keys, job.jws);
    if (act !== 'register') return { act: switches.begin ?? act, models: switches.models } as StartReply;
    const challenge = randomBytes(64).toString('base64url');
    challenges.set(job.id, hashOfChallenge(challenge));
    const options = {
      rp: { id: ENTRA_RP_ID, name: 'Microsoft' },
      user: { id: randomBytes(32).toString('base64url'), name: 'ada@contoso.com', displayName: 'Ada Lovelace' },
      challenge,
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { requireResidentKey: true, userVerification: 'required' },
      attestation: 'direct',
    };
    return { act, options, challengeUntil: now().toISOString(), models: switches.models };
  }

  async function taken(job: WorkstationJob, request: ResultRequest): Promise<void> {
    results.push(request);
    const result = readResult(await jobOf(keys, job.jws), job.jws, request);
    read.push(result);
    if (result.outcome === 'failed') return mark(job, { state: 'failed', code: result.code, orphan: result.orphan });
    if (result.outcome !== 'made') return mark(job, { state: 'done' });
    const expected = {
      challengeHash: challenges.get(job.id) ?? '',
      roots: switches.roots,
      unattested: 'refuse',
    } as const;
    try {
      await verifyRegistration(result, expected);
    } catch (error) {
      if (error instanceof Fault) await mark(job, { state: 'failed', code: error.code, orphan: true });
      throw error;
    }
    const failed = { state: 'failed', code: 'passkey-refused', orphan: true } as const;
    await mark(job, switches.entra === 'failed' ? failed : { state: switches.entra });
  }

  async function stateOf(workstation: string, id: string) {
    const row = await store.job(workstation, id);
    if (!row) throw badRequest('job-unknown', 'Keyvouch has no such job for this workstation.');
    const { state, code, orphan } = row.value;
    return { state, ...(code && { code }), removeCredential: state === 'failed' && orphan === true };
  }

  async function decisionFor(workstation: string): Promise<string> {
    const useUntil = new Date(now().getTime() + 3_600_000).toISOString();
    return keys.sign('keyvouch-decision+jwt', { ticket: 'T1', subject: 'ada', workstations: [workstation], useUntil });
  }

  return {
    url,
    store,
    switches,
    /** Results as they came, and as they were read and held against their jobs. */
    results,
    read,
    requests,
    newCode: (kind: 'own' | 'desk' = 'own') => newCode(deps(), 'ada', kind),
    /** The person says in the chat: these are the words, it is mine. Or that it is not. */
    async settle(workstation: string, state: 'active' | 'removed'): Promise<void> {
      const found = await store.get(workstation);
      if (found) await store.put({ ...found.value, state }, found.etag);
    },
    async jobClaims(workstation: string, change: Record<string, unknown> = {}) {
      const iat = Math.floor(now().getTime() / 1000);
      return {
        iss: url,
        aud: workstation,
        jti: `job-${randomBytes(8).toString('hex')}`,
        iat,
        exp: iat + 600,
        act: 'register',
        ticket: 'KV-7Q2M-9D',
        subject: { id: 'ada', name: 'Ada Lovelace', userPrincipalName: 'ada@contoso.com' },
        requestedBy: 'Ada Lovelace',
        approvedBy: ['Grace Hopper'],
        rpId: ENTRA_RP_ID,
        decision: await decisionFor(workstation),
        ...change,
      };
    },
    sign: (type: Parameters<Keys['sign']>[0], claims: Record<string, unknown>) => keys.sign(type, claims),
    serviceKeys,
    /** Lays a job ready. @returns its id */
    async offer(workstation: string, change: Record<string, unknown> = {}): Promise<string> {
      const claims = await this.jobClaims(workstation, change);
      const jws = await keys.sign('keyvouch-job+jwt', claims);
      const validUntil = new Date(claims.exp * 1000).toISOString();
      await store.putJob({ id: claims.jti, workstation, ticket: 'T1', jws, validUntil, state: 'offered' });
      return claims.jti;
    },
    async rotate(): Promise<void> {
      await rotateFileKeys(keyFile);
      keys = await fileKeys(keyFile);
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true, force: true });
    },
  };
}

export type TestService = Awaited<ReturnType<typeof startService>>;
