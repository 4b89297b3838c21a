import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { Fault } from '../../../../agent/protocol/fault';
import { type ResultRequest, type StartReply } from '../../../../agent/protocol/messages';
import { jobsFor, startJob, takeResult } from '../../../../bot/service';
import { type WorkstationRecord } from '../../../../bot/service/ports';
import { Died } from './edges';
import { type House } from './house';
import { type KeyInPort } from './key-in-port';

/** A person's paired workstation with a key in its port, as the service hears from it. */
export interface Workstation {
  readonly id: string;
  readonly key: KeyInPort;
  /** Fetches a job and does it, or goes on with one. @returns whether there was something to do */
  step(number: () => string | undefined): Promise<boolean>;
}

const Claims = z.object({ jti: z.string(), credentialIds: z.array(z.string()).default([]) }).passthrough();
const Options = z
  .object({ challenge: z.string(), user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }) })
  .passthrough();
/** A workstation that is not answered sends a new credential again for as long as a challenge may live; all else on. */
const LETS_GO_MS = 8 * 60_000;

export async function openWorkstation(house: House, person: string, key: KeyInPort): Promise<Workstation> {
  const { clock, truth } = house;
  const now = clock.now().toISOString();
  const record: WorkstationRecord = {
    ...{ id: `ws-${person.slice(-12)}`, person, kind: 'own', name: 'desk under the window', state: 'active' },
    ...{ publicJwk: '{}', thumbprint: 'played', pairedAt: now, confirmedAt: now },
  };
  await truth.workstations.put(record);
  /** What was done with the key and the service has not taken yet. */
  let kept: { job: string; result: ResultRequest; since: number } | undefined;
  const given = new Set<string>();

  /** A call that may fail like any over a network. @returns undefined: not answered */
  async function asked<T>(work: () => Promise<T>): Promise<T | Fault | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Died) return undefined;
      if (error instanceof Fault) return error.retry ? undefined : error;
      throw error;
    }
  }

  /** What the service lets the workstation do with the key now. */
  async function done(reply: StartReply, credentialIds: readonly string[]) {
    if (reply.act === 'register') return key.register(Options.parse(reply.options));
    if (reply.act === 'inspect') return key.inspect(credentialIds);
    if (reply.act === 'reset') return key.erase(credentialIds);
    throw new Error(`nobody plays the act ${reply.act}`);
  }

  return {
    id: record.id,
    key,
    async step(number) {
      const process = house.running();
      if (!process) return false;
      const { deps } = process;
      if (kept) {
        const { job, result, since } = kept;
        const answer = await asked(() => takeResult(deps, record, job, result));
        const over = result.outcome === 'made' && clock.now().getTime() - since > LETS_GO_MS;
        if (answer !== undefined || over) kept = undefined;
        return true;
      }
      const jobs = await asked(() => jobsFor(deps, record));
      const jws = jobs && !(jobs instanceof Fault) ? jobs.jobs.find((one) => !given.has(one)) : undefined;
      const typed = number();
      if (jws === undefined || typed === undefined || !/^\d\d$/.test(typed)) return false;
      const { jti: job, credentialIds } = Claims.parse(decodeJwt(jws));
      const started = await asked(() => startJob(deps, record, job, typed));
      if (started instanceof Fault) given.add(jws);
      if (!started || started instanceof Fault) return true;
      given.add(jws);
      const result = await done(started, credentialIds);
      const jobDigest = createHash('sha256').update(jws).digest('base64url');
      kept = { job, since: clock.now().getTime(), result: { ...result, jobDigest } };
      return true;
    },
  };
}
