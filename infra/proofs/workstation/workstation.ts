import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobsReply } from '../../../agent/protocol/messages';
import { parsePairingCode } from '../../../agent/protocol/pairing-code';
import { PROOF_HEADER } from '../../../agent/protocol/request-proof';
import { openConnection } from '../../../agent/service/connection';
import { fileKeyStore } from '../../../agent/service/file-key-store';
import { type WorkstationKey } from '../../../agent/service/key-store';
import { firstPins } from '../../../agent/service/pinned-keys';
import { askToPair, serviceFor } from '../../../agent/service/service';
import { people } from '../../local/entra';
import { lettersOf, newestAbout, offers, ticketsOn } from '../../local/play/reading';
import { type CardJson } from '../../local/teams';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { inLabs } from '../rig/lab';
import { type Rig, startRig } from '../rig/rig';
import { dumpTable } from '../rig/table-dump';
import { createDice } from '../seed';
import { JOB_KINDS, offerForged } from './jobs';
import { FORGED_KEYS, type KeyHands } from './key-requests';
import { FORGED_REQUESTS, type Hands, type Sent, trueRequest } from './requests';

const QUICK = { requests: 500, jobs: 2_000 };
const FULL = { requests: 50_000, jobs: 50_000 };
const CONTROL = { requests: 60, jobs: 0 };
const AGENT_LAB = 'infra/proofs/workstation/agent-lab.ts';
const REPLAYED = 'the same request again';
const KINDS: readonly string[] = [...Object.keys(FORGED_REQUESTS), ...Object.keys(FORGED_KEYS), REPLAYED];
const PROMISE =
  'nothing a paired workstation did not sign just now is accepted, and no job the service did not sign is run';
const { sean, mara } = people;

async function click(
  { teams }: Rig,
  person: string,
  verb: string,
  inputs: Record<string, unknown> = {},
): Promise<CardJson> {
  const answer = await teams.click(person, 'latest', verb, inputs);
  if (answer.kind !== 'card') throw new Error(`"${verb}" was not answered by a card`);
  return answer.card;
}

interface Paired {
  id: string;
  key: WorkstationKey;
  pinned: Awaited<ReturnType<typeof firstPins>>;
}

/** Pairs a workstation for a person as the agent does, and confirms it in the chat. */
async function pairFor(rig: Rig, person: string, name: string): Promise<Paired> {
  const key = await fileKeyStore(join(rig.folder, 'workstations', name)).make();
  await rig.teams.say(person, 'hi');
  const code = parsePairingCode(lettersOf(await click(rig, person, 'pair')) ?? '');
  if (!code) throw new Error('no pairing code was shown');
  const connection = openConnection(rig.host.url, {});
  try {
    const about = { ...code, name, platform: 'proof', agentVersion: '0' };
    const { workstation: id, serviceKeys } = await askToPair(connection, rig.host.url, key, about);
    await click(rig, person, 'confirm-workstation');
    return { id, key, pinned: await firstPins(serviceKeys) };
  } finally {
    await connection.close();
  }
}

async function until(rig: Rig, person: string, ticket: string, verb: string): Promise<void> {
  await rig.teams.waitFor(
    person,
    () => {
      const card = newestAbout(rig.teams, person, ticket);
      return card !== undefined && offers(card, verb);
    },
    15_000,
  );
}

/** A job that waits at Sean's workstation, and the number that begins it. */
async function waitingJob(rig: Rig): Promise<{ number: string; ticket: string }> {
  await rig.teams.say(sean.id, 'hi');
  await click(rig, sean.id, 'ask');
  const ticket = ticketsOn(await click(rig, sean.id, 'send-request', { reason: 'My first day: I need a key.' }))[0];
  if (ticket === undefined) throw new Error('no ticket was opened');
  await until(rig, mara.id, ticket, 'approve');
  const code = (lettersOf(await click(rig, mara.id, 'approve', { how: 'video' })) ?? '').replace(/\s/g, '');
  await until(rig, sean.id, ticket, 'choose-pass');
  await rig.teams.say(sean.id, ticket);
  await click(rig, sean.id, 'choose-workstation');
  await click(rig, sean.id, 'vouch', { code });
  const number = lettersOf(await click(rig, sean.id, 'start-job'));
  if (number === undefined) throw new Error('no number was shown');
  return { number, ticket };
}

async function send(rig: Rig, { method, path, body, proof }: Sent): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(proof !== undefined && { [PROOF_HEADER]: proof }) };
  const reply = await fetch(rig.host.url + path, { method, headers, ...(method === 'POST' && { body }) });
  await reply.arrayBuffer();
  return reply.status;
}

/** A true request that may be sent once, and is sent twice: it asks for the jobs, which changes nothing. */
async function replay(rig: Rig, { wanted, own }: Hands): Promise<number> {
  const sent = await trueRequest({ wanted: { ...wanted, job: `job-nobody-${Date.now()}-${Math.random()}` }, own });
  const first = await send(rig, sent);
  if (first === 401) throw new Error('a true request was not let in');
  return send(rig, sent);
}

const isRefusal = (status: number): boolean => [400, 401, 403, 404, 409, 413].includes(status);

async function forgeRequests(rig: Rig, hands: KeyHands, count: number): Promise<string[]> {
  const kinds = KINDS;
  const wrong: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const kind = kinds[number % kinds.length] ?? '';
    const forge = FORGED_REQUESTS[kind] ?? FORGED_KEYS[kind];
    const status = forge ? await send(rig, await forge(hands)) : await replay(rig, hands);
    const refused = forge ? isRefusal(status) : status === 401;
    if (!refused) wrong.push(`${kind}: answered with ${status}`);
  }
  return wrong;
}

/** What a forged request could have changed. Proofs that were seen, and when a workstation was heard, are no effects. */
async function rowsOf(rig: Rig): Promise<string[]> {
  const rows = [...(await dumpTable(rig, 'tickets')), ...(await dumpTable(rig, 'workstations'))];
  return rows.filter((row) => !/"partitionKey":"(jti|seen)/.test(row) && !row.includes('lastSeenAt'));
}

async function measure({ seed }: Effort, entry: string, counts: typeof QUICK): Promise<Finding> {
  const rig = await startRig({ entry, installed: [sean.id, mara.id] });
  try {
    await rig.host.start();
    for (const { id } of [sean, mara]) await rig.teams.install(id);
    const mine = await pairFor(rig, sean.id, 'seans-laptop');
    const other = await pairFor(rig, mara.id, 'maras-laptop');
    const { number, ticket } = await waitingJob(rig);
    const connection = openConnection(rig.host.url, {});
    const service = serviceFor(connection, { service: rig.host.url, workstation: mine.id, key: mine.key });
    let jws: string | undefined;
    for (let look = 0; look < 50 && jws === undefined; look += 1) {
      jws = JobsReply.parse(await service.jobs()).jobs[0];
      if (jws === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    if (jws === undefined) throw new Error('no job came to the workstation');
    const { jti: job } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { jti: string };
    const dice = createDice(seed);
    const wanted = { service: rig.host.url, workstation: mine.id, job, number };
    const fresh = await fileKeyStore(join(rig.folder, 'workstations', 'nobodys')).make();
    const hands: KeyHands = { dice, wanted, own: mine.key, other, fresh };

    const before = new Set(await rowsOf(rig));
    const wrong = await forgeRequests(rig, hands, counts.requests);
    const changed = (await rowsOf(rig)).filter((row) => !before.has(row));
    const atTheService = [...wrong, ...changed.map((row) => `a row was written: ${row.slice(0, 160)}`)];

    const now = new Date();
    const expected = { pinned: mine.pinned, service: rig.host.url, workstation: mine.id, now, floor: 0 };
    const { letThrough, trueTaken } = await offerForged(jws, expected, counts.jobs, dice);
    const atTheAgent = [
      ...letThrough.map((kind) => `the agent takes a job: ${kind}`),
      ...(trueTaken ? [] : ['the agent refuses the true job']),
    ];
    // The request is real: sent truly, the job begins.
    const begun = await send(rig, await trueRequest(hands));
    await connection.close();
    const real = begun === 200 ? [] : [`the true request for ${ticket} was answered with ${begun}`];
    const violations = [...atTheService, ...atTheAgent, ...(atTheService.length > 0 ? [] : real)];
    return {
      id: 'workstation',
      promise: PROMISE,
      figure: `${counts.requests} requests and ${counts.jobs} jobs forged: ${atTheService.length} accepted by the service, ${letThrough.length} by the agent`,
      goal: 'all refused, on each side',
      holds: violations.length === 0,
      violations,
      facts: { ...counts, requestKinds: KINDS, jobKinds: JOB_KINDS },
    };
  } finally {
    await rig.close();
  }
}

/** The memory of proofs that were seen: without it whoever listens can say the same again. */
const REPLAYS: Guard = {
  file: 'bot/workstations/authenticate.ts',
  instead: (source) => source.replace('if (!first) throw', 'if (!first && deps.publicUrl === "") throw'),
};

/** What an agent goes by: whose signature it is, for whom the job is, until when, and whether it came before. */
const AT_THE_AGENT: Readonly<Record<string, (source: string) => string>> = {
  'the signature of a pinned key': (source) =>
    source.replace(
      /const signed = await verifyPinned\(pinned, JOB_TYPE, jws\)[^;]+;[^;]+;/,
      "const signed: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());",
    ),
  'whom the job is for': (source) => source.replace('if (claims.aud !== workstation)', 'if (claims.aud === "")'),
  'the end of its time': (source) => source.replace('claims.exp <= seconds ||', ''),
  'the memory of jobs': (source) => source.replace('if (expected.seen(claims.jti))', 'if (claims.jti === "")'),
};

/** The same for the agent: each of its guards is taken out by itself. @returns what was found, a line each */
async function agentsWithout({ seed, progress }: Effort): Promise<{ missed: number; said: string[] }> {
  const said: string[] = [];
  let missed = 0;
  for (const [name, instead] of Object.entries(AT_THE_AGENT)) {
    progress(`workstation: an agent without ${name}`);
    const without: Guard = { file: 'agent/service/check-job.ts', instead };
    const { violations } = await inLabs({ lab: AGENT_LAB, without }, { seed, quick: true, progress });
    if (violations.length > 0) missed += 1;
    said.push(`an agent without ${name}: ${violations[0] ?? 'NOTHING WAS FOUND'}`);
  }
  return { missed, said };
}

async function withoutGuard(effort: Effort): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const finding = await measure(effort, await buildUnguarded(folder, REPLAYS), CONTROL);
    const { missed, said } = await agentsWithout(effort);
    const all = said.length;
    return {
      ...finding,
      figure: `${finding.violations.length} found without the service's memory of proofs; ${missed} of ${all} guards of the agent missed`,
      violations: [...finding.violations, ...said],
      // A control that finds nothing has failed, be it on one side of two.
      holds: finding.holds || missed < all,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const workstation: Proof = {
  id: 'workstation',
  run: (effort) => measure(effort, effort.entry, effort.quick ? QUICK : FULL),
  withoutGuard,
};
