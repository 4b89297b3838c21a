import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { Fault } from '../../../../agent/protocol/fault';
import { type ResultRequest } from '../../../../agent/protocol/messages';
import { jobsFor, startJob, takeResult } from '../../../../bot/service';
import { type WorkstationRecord } from '../../../../bot/service/ports';
import { type SecurityKey } from '../../../local/entra';
import { clientData } from '../../../local/entra/signin/client-data';
import { Died } from './edges';
import { type House } from './house';

/** A person's paired workstation with a key in its port, as the service hears from it. */
export interface Workstation {
  readonly id: string;
  /** Fetches a job and does it, or goes on with one. @returns whether there was something to do */
  step(number: () => string | undefined): Promise<boolean>;
}

const Claims = z.object({ jti: z.string() }).passthrough();
const Options = z
  .object({ challenge: z.string(), user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }) })
  .passthrough();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
/** A workstation that is not answered asks again for as long as a challenge may live. */
const LETS_GO_MS = 8 * 60_000;

export async function openWorkstation(house: House, person: string, key: SecurityKey): Promise<Workstation> {
  const { clock, truth } = house;
  const now = clock.now().toISOString();
  const record: WorkstationRecord = {
    ...{ id: `ws-${person.slice(-12)}`, person, kind: 'own', name: 'desk under the window', state: 'active' },
    ...{ publicJwk: '{}', thumbprint: 'played', pairedAt: now, confirmedAt: now },
  };
  await truth.workstations.put(record);
  /** What the key has made and the service has not taken yet. */
  let made: { job: string; result: ResultRequest; since: number } | undefined;
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

  return {
    id: record.id,
    async step(number) {
      const process = house.running();
      if (!process) return false;
      const { deps } = process;
      if (made) {
        const { job, result, since } = made;
        const answer = await asked(() => takeResult(deps, record, job, result));
        if (answer !== undefined || clock.now().getTime() - since > LETS_GO_MS) made = undefined;
        return true;
      }
      const jobs = await asked(() => jobsFor(deps, record));
      const jws = jobs && !(jobs instanceof Fault) ? jobs.jobs.find((one) => !given.has(one)) : undefined;
      const typed = number();
      if (jws === undefined || typed === undefined || !/^\d\d$/.test(typed)) return false;
      const { jti: job } = Claims.parse(decodeJwt(jws));
      const started = await asked(() => startJob(deps, record, job, typed));
      if (started instanceof Fault) given.add(jws);
      if (!started || started instanceof Fault) return true;
      given.add(jws);
      const { challenge, user } = Options.parse('options' in started ? started.options : undefined);
      const clientDataJSON = clientData('webauthn.create', challenge);
      const bytes = { ...user, id: new Uint8Array(Buffer.from(user.id, 'base64url')) };
      const credential = await key.register({ clientDataJSON, user: bytes, exclude: [] });
      made = {
        job,
        since: clock.now().getTime(),
        result: {
          outcome: 'made',
          jobDigest: createHash('sha256').update(jws).digest('base64url'),
          credentialId: text(credential.credentialId),
          clientDataJSON: text(clientDataJSON),
          attestationObject: text(credential.attestationObject),
          transports: ['usb'],
        },
      };
      return true;
    },
  };
}
