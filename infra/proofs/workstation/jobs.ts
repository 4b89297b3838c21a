import { randomUUID } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import { z } from 'zod';
import { Job, JOB_TYPE } from '../../../agent/protocol/job';
import { checkJob, type JobExpectation } from '../../../agent/service/check-job';
import { type Dice } from '../seed';
import { flipBit } from './requests';

interface Forge {
  dice: Dice;
  /** A true job, and what it says. */
  jws: string;
  claims: Job;
  /** The header of the true job. */
  header: { alg: string; kid: string; typ: string };
  /** A key of the forger's own. */
  own: Parameters<CompactSign['sign']>[0];
  expected: JobExpectation;
}

interface Offer {
  jws: string;
  expected: JobExpectation;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined): unknown => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

const Header = z.object({ alg: z.string(), kid: z.string(), typ: z.literal(JOB_TYPE) });

const signed = (forge: Forge, claims: unknown, header: Partial<Forge['header']> = {}): Promise<string> =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ ...forge.header, ...header })
    .sign(forge.own);

/** The true signature over other claims. */
function swapped({ jws, claims }: Forge, change: Partial<Record<keyof Job, unknown>>): string {
  const [header, , signature] = jws.split('.');
  return [header, encode({ ...claims, ...change }), signature].join('.');
}

const later = (expected: JobExpectation, seconds: number): JobExpectation => ({
  ...expected,
  now: new Date(expected.now.getTime() + seconds * 1000),
});

/** Jobs of which each is to be refused by a workstation, by what is wrong with them. */
const FORGED_JOBS: Readonly<Record<string, (forge: Forge) => Promise<Offer> | Offer>> = {
  'a bit of the header': ({ jws, dice, expected }) => ({ jws: flipBit(jws, 0, dice), expected }),
  'a bit of the claims': ({ jws, dice, expected }) => ({ jws: flipBit(jws, 1, dice), expected }),
  'a bit of the signature': ({ jws, dice, expected }) => ({ jws: flipBit(jws, 2, dice), expected }),
  'cut short': ({ jws, dice, expected }) => ({ jws: jws.slice(0, dice.below(jws.length)), expected }),
  'alg none': ({ claims, header, expected }) => ({
    jws: `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`,
    expected,
  }),
  "the forger's key under a pinned name": async (forge) => ({
    jws: await signed(forge, forge.claims),
    expected: forge.expected,
  }),
  "the forger's key under its own name": async (forge) => ({
    jws: await signed(forge, forge.claims, { kid: randomUUID() }),
    expected: forge.expected,
  }),
  'another subject, old signature': (forge) => ({
    jws: swapped(forge, { subject: { ...forge.claims.subject, id: randomUUID() } }),
    expected: forge.expected,
  }),
  'another site, old signature': (forge) => ({
    jws: swapped(forge, { rpId: 'evil.example' }),
    expected: forge.expected,
  }),
  'a decision in place of a job': ({ claims, expected }) => ({ jws: claims.decision, expected }),
  'for another workstation': ({ jws, expected }) => ({
    jws,
    expected: { ...expected, workstation: `ws-${randomUUID()}` },
  }),
  'of another service': ({ jws, expected }) => ({ jws, expected: { ...expected, service: 'https://evil.example' } }),
  'not pinned': ({ jws, expected }) => ({ jws, expected: { ...expected, pinned: [] } }),
  // The approval beneath it still holds: it is the job's own time that is over.
  'a moment too late': ({ jws, claims, dice, expected }) => ({
    jws,
    expected: later(expected, claims.exp - Math.floor(expected.now.getTime() / 1000) + dice.below(60)),
  }),
  'too late': ({ jws, claims, dice, expected }) => ({
    jws,
    expected: later(expected, claims.exp - claims.iat + 1 + dice.below(1e6)),
  }),
  'a clock that was set back': ({ jws, dice, expected }) => ({ jws, expected: later(expected, -70 - dice.below(1e6)) }),
  'a second time': ({ jws, expected }) => ({ jws, expected: { ...expected, seen: () => true } }),
};

export const JOB_KINDS: readonly string[] = Object.keys(FORGED_JOBS);

/** Offers forged jobs to the agent's check. @returns those that were let through, and whether the true one was */
export async function offerForged(
  jws: string,
  expected: Omit<JobExpectation, 'seen'>,
  count: number,
  dice: Dice,
): Promise<{ letThrough: string[]; trueTaken: boolean }> {
  const [header, claims] = jws.split('.');
  const { privateKey } = await generateKeyPair('ES256');
  const whole: JobExpectation = { ...expected, seen: () => false };
  const forge: Forge = {
    dice,
    jws,
    header: Header.parse(decode(header)),
    claims: Job.parse(decode(claims)),
    own: privateKey,
    expected: whole,
  };
  const letThrough: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const kind = JOB_KINDS[number % JOB_KINDS.length] ?? '';
    const offer = await FORGED_JOBS[kind]?.(forge);
    // A cut that takes nothing off is the true job.
    if (!offer || (offer.jws === jws && offer.expected === whole)) continue;
    const taken = await checkJob(offer.jws, offer.expected).then(
      () => true,
      () => false,
    );
    if (taken) letThrough.push(kind);
  }
  const trueTaken = await checkJob(jws, whole).then(
    () => true,
    () => false,
  );
  return { letThrough, trueTaken };
}

/** For tests: a job that holds, signed by a service of their own. */
export async function sampleJob(now: Date): Promise<{ jws: string; expected: Omit<JobExpectation, 'seen'> }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '' }: JWK = await exportJWK(publicKey);
  const kid = 'service-key';
  const iat = Math.floor(now.getTime() / 1000);
  const sign = (typ: string, content: unknown) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'ES256', kid, typ })
      .sign(privateKey);
  const subject = { id: randomUUID(), name: 'Ada', userPrincipalName: 'ada@contoso.example' };
  const useUntil = new Date(now.getTime() + 3_600_000).toISOString();
  const decision = await sign('keyvouch-decision+jwt', { subject: subject.id, workstations: [], useUntil });
  const claims: Job = {
    ...{ iss: 'https://keyvouch.example', aud: 'ws-1', jti: 'job-1', iat, exp: iat + 600, act: 'register' },
    ...{
      ticket: 'KV-AAAA-AA',
      subject,
      requestedBy: 'Ada',
      approvedBy: ['Mara'],
      rpId: 'login.microsoft.com',
      decision,
    },
  };
  const pinned = [{ kid, kty: 'EC' as const, crv: 'P-256' as const, x, y }];
  const expected = { pinned, service: 'https://keyvouch.example', workstation: 'ws-1', now, floor: iat };
  return { jws: await sign(JOB_TYPE, claims), expected };
}
