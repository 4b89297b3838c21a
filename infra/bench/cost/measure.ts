import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { PROOF_SECONDS, PROOF_TYPE, type ProofClaims } from '../../../agent/protocol/request-proof';
import { jobsFor } from '../../../bot/service';
import { type Flow } from '../../../bot/tickets/ticket';
import { authenticate } from '../../../bot/workstations';
import { people } from '../../local/entra';
import { openPlayedClock } from '../../proofs/rig/played/clock';
import { type OutsideCall } from '../../proofs/rig/played/edges';
import { type House, openHouse, sharedParts } from '../../proofs/rig/played/house';
import { runStory } from '../../proofs/rig/played/run';
import { STORIES } from '../../proofs/rig/played/stories';

const START = Date.parse('2026-03-02T08:00:00Z');
const HOUR_MS = 3_600_000;

/** Calls to the tables. */
export interface Measured {
  /** Of the timers in an hour in which nothing happens. */
  idleHour: number;
  /** Of a paired workstation that asks whether there is something to do, when there is not. */
  poll: number;
  /** From open to close, by the way a flow was gone, without the timers' share. */
  tickets: readonly { name: string; flow: Flow; calls: number }[];
}

const tableCalls = (calls: readonly OutsideCall[]) => calls.filter(({ to }) => to === 'tables').length;

/** Counts in the process, between stand-ins: the same calls as go to Azure. */
export async function measure(): Promise<Measured> {
  await sharedParts();
  const { idleHour, poll } = await atRest();
  const tickets: Measured['tickets'][number][] = [];
  for (const story of STORIES.filter(({ ending }) => ending === 'done')) {
    const { course, calls, playedMs } = await runStory({ story });
    if (!course.over) throw new Error(`${story.name} does not come to its end`);
    const all = tableCalls(calls);
    tickets.push({ name: story.name, flow: story.flow, calls: Math.round(all - (idleHour * playedMs) / HOUR_MS) });
  }
  return { idleHour, poll, tickets };
}

async function atRest(): Promise<Pick<Measured, 'idleHour' | 'poll'>> {
  const clock = openPlayedClock(START);
  try {
    const house = await openHouse({ clock });
    try {
      return await clock.drive(async () => {
        await clock.sleep(HOUR_MS / 2);
        house.edges.forget();
        await clock.sleep(HOUR_MS);
        return { idleHour: tableCalls(house.edges.calls()), poll: await pollOf(house) };
      });
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
  }
}

/** The second of two polls: the first one also notes that the workstation was heard. */
async function pollOf(house: House): Promise<number> {
  const { clock, truth } = house;
  const process = house.running();
  if (!process) throw new Error('no process is up');
  const { deps } = process;
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const publicJwk = await exportJWK(publicKey);
  const thumbprint = await calculateJwkThumbprint(publicJwk);
  const at = () => clock.now().toISOString();
  await truth.workstations.put({
    ...{ id: 'ws-bench', person: people.sean.id, kind: 'own', name: 'bench', state: 'active' },
    ...{ publicJwk: JSON.stringify(publicJwk), thumbprint, pairedAt: at(), confirmedAt: at() },
  });
  const path = '/api/workstations/ws-bench/jobs';
  const { publicUrl } = deps.settings;
  const ask = async (): Promise<void> => {
    const iat = Math.floor(clock.now().getTime() / 1000);
    const claims: ProofClaims = {
      ...{ aud: publicUrl, htm: 'GET', htu: publicUrl + path, iat, exp: iat + PROOF_SECONDS, jti: randomUUID() },
      bh: createHash('sha256').update('').digest('base64url'),
    };
    const proof = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: PROOF_TYPE, kid: thumbprint })
      .sign(privateKey);
    const { value } = await authenticate(
      { store: deps.workstations, publicUrl, now: deps.now },
      { method: 'GET', path, proof, body: Buffer.alloc(0), workstation: 'ws-bench' },
    );
    await jobsFor(deps, value);
  };
  await ask();
  await clock.sleep(61_000);
  house.edges.forget();
  await ask();
  return tableCalls(house.edges.calls());
}
