import { z } from 'zod';
import { Fault } from '../protocol/fault';
import { Job, JOB_TYPE } from '../protocol/job';
import { CLOCK_SKEW_SECONDS } from '../protocol/request-proof';
import { checkApprovals } from './check-approvals';
import { type PinnedKey, verifyPinned } from './pinned-keys';
import { digestOf } from './signed-request';

/** A job waits ten minutes; one that lives longer than this was not made by our service's rules. Seconds. */
const LIVES_AT_MOST = 3600;
const MOST_CHARACTERS = 64 * 1024;
const DECISION_TYPE = 'keyvouch-decision+jwt';

/** What the approval itself must say for a job to rest on it. It says more. */
const Decision = z.object({
  subject: z.string(),
  workstations: z.array(z.string()),
  useUntil: z.string(),
  /** Whether its approvers had to sign with their own keys, and how many had to approve. */
  stepUp: z.literal(true).optional(),
  needed: z.number().int().optional(),
});

/** What a job is held against. */
export interface JobExpectation {
  pinned: readonly PinnedKey[];
  service: string;
  workstation: string;
  now: Date;
  /** The latest `iat` of any job taken before, in seconds: a clock before it was set back. */
  floor: number;
  /** Whether this job was begun here before. */
  seen: (id: string) => boolean;
}

/** A job that may be shown to the person. */
export interface CheckedJob {
  claims: Job;
  /** SHA-256 of the JWS, base64url: which job a result is of. */
  digest: string;
}

/**
 * Decides whether a job is run: signed as a job by a pinned key, for this workstation, by this service, now, for the
 * first time, resting on an approval that a pinned key signed for the same person. Nothing of it is shown or used before.
 * @throws Fault `job-not-trusted`, `job-expired`, `job-seen`, `clock-off`
 */
export async function checkJob(jws: string, expected: JobExpectation): Promise<CheckedJob> {
  const { pinned, service, workstation, now, floor } = expected;
  if (jws.length > MOST_CHARACTERS) throw notTrusted('it is too long');
  const signed = await verifyPinned(pinned, JOB_TYPE, jws).catch((error: unknown) => {
    throw notTrusted('its signature does not hold', error);
  });
  const parsed = Job.safeParse(signed);
  if (!parsed.success) throw notTrusted('it asks for something this agent does not know', parsed.error);
  const claims = parsed.data;
  if (claims.aud !== workstation) throw notTrusted('it is for another workstation');
  if (claims.iss !== service) throw notTrusted('it is from another service');
  const seconds = Math.floor(now.getTime() / 1000);
  if (seconds < floor - CLOCK_SKEW_SECONDS || claims.iat > seconds + CLOCK_SKEW_SECONDS) throw clockBehind();
  if (claims.exp <= seconds || claims.exp <= claims.iat || claims.exp - claims.iat > LIVES_AT_MOST) throw expired();
  const decision = restsOnNone(claims) ? undefined : await checkDecision(claims, expected);
  checkApprovals(claims, { stepUp: decision?.stepUp === true, needed: decision?.needed ?? 1 }, now);
  if (expected.seen(claims.jti)) throw seenBefore();
  return { claims, digest: digestOf(jws) };
}

/** An approval that is only asked for, and a look that writes nothing, rest on no decision. */
function restsOnNone({ act, decision }: Job): boolean {
  return act === 'approve' || (act === 'inspect' && decision === '');
}

async function checkDecision({ decision, subject }: Job, { pinned, workstation, now }: JobExpectation) {
  const signed = await verifyPinned(pinned, DECISION_TYPE, decision).catch((error: unknown) => {
    throw notTrusted('its approval is not signed', error);
  });
  const parsed = Decision.safeParse(signed);
  if (!parsed.success || parsed.data.subject !== subject.id) throw notTrusted('its approval is for somebody else');
  const { workstations, useUntil } = parsed.data;
  if (workstations.length > 0 && !workstations.includes(workstation)) {
    throw notTrusted('its approval names another workstation');
  }
  if (!(Date.parse(useUntil) > now.getTime())) throw expired();
  return parsed.data;
}

function notTrusted(why: string, cause?: unknown): Fault {
  return new Fault({
    code: 'job-not-trusted',
    say: `A job that came for this workstation was refused: ${why}.`,
    todo: 'Nothing was done. Please tell your security team.',
    facts: { why },
    cause,
  });
}

function expired(): Fault {
  return new Fault({
    code: 'job-expired',
    say: 'The job for this workstation is over.',
    todo: 'Start it again from your request in the chat with Keyvouch.',
  });
}

function seenBefore(): Fault {
  return new Fault({
    code: 'job-seen',
    say: 'This job was run here before, and none runs twice.',
    todo: 'Start it again from your request in the chat with Keyvouch.',
  });
}

function clockBehind(): Fault {
  return new Fault({
    code: 'clock-off',
    say: "This workstation's clock is behind: it shows a time before this job was made.",
    todo: 'Set the clock (turn on automatic time) and try again.',
  });
}
