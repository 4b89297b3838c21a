import { createHash } from 'node:crypto';
import { type ResultRequest } from '../../../agent/protocol/messages';
import { type TicketId } from '../../tickets/ids';
import { type Request } from '../ask';
import { jobsFor, startJob, takeResult } from '../jobs';
import { type WorkstationRecord } from '../ports';
import { vouched, type World } from './world';

/** A security key as a test has one: what it makes of the client's data. */
export type RegisterKey = (
  clientDataJSON: Buffer,
) => Promise<{ credentialId: Uint8Array; attestationObject: Uint8Array }>;

export interface Offered {
  jws: string;
  jobId: string;
  /** What the chat shows, to be typed at the workstation. */
  number: string;
  jobDigest: string;
}

/** Ada at her workstation, with a vouched ticket. */
export interface AtWorkstation {
  world: World;
  id: TicketId;
  workstation: WorkstationRecord;
  /** The person presses Start, and the workstation fetches the job. */
  offered(): Promise<Offered>;
  /** The number is typed, and Entra has given options. */
  started(): Promise<Offered & { challenge: string }>;
  /** What a key makes of a challenge. */
  made(challenge: string, jobDigest: string, register?: RegisterKey): Promise<ResultRequest>;
  /** All of it, and the result sent. */
  brought(): Promise<{ jobId: string; result: ResultRequest }>;
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

export async function atWorkstation(
  world: World,
  key: RegisterKey,
  request: Partial<Request> = {},
): Promise<AtWorkstation> {
  const workstation = await world.addWorkstation('ada');
  const id = await vouched(world, 'choose-workstation', request);

  const self: AtWorkstation = {
    world,
    id,
    workstation,
    async offered() {
      const { refusal, details } = await world.press('ada', id, 'start-job');
      if (refusal) throw new Error(refusal.code);
      await world.rest();
      const [jws] = (await jobsFor(world.deps, workstation)).jobs;
      const job = world.ticket(id).job;
      if (jws === undefined || !job || details?.jobNumber === undefined) throw new Error('no job was given out');
      return { jws, jobId: job.id, number: details.jobNumber, jobDigest: sha256(jws) };
    },
    async started() {
      const one = await self.offered();
      const reply = await startJob(world.deps, workstation, one.jobId, one.number);
      if (reply.act !== 'register') throw new Error(`the job is to ${reply.act}`);
      return { ...one, challenge: String(reply.options['challenge']) };
    },
    async made(challenge, jobDigest, register = key) {
      const client = { type: 'webauthn.create', challenge, origin: 'https://login.microsoft.com', crossOrigin: false };
      const clientDataJSON = Buffer.from(JSON.stringify(client));
      const { credentialId, attestationObject } = await register(clientDataJSON);
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
      return {
        outcome: 'made',
        jobDigest,
        credentialId: text(credentialId),
        clientDataJSON: text(clientDataJSON),
        attestationObject: text(attestationObject),
        transports: ['usb'],
      };
    },
    async brought() {
      const { jobId, challenge, jobDigest } = await self.started();
      const result = await self.made(challenge, jobDigest);
      await takeResult(world.deps, workstation, jobId, result);
      await world.rest();
      return { jobId, result };
    },
  };
  return self;
}
