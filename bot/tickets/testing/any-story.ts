import type FastCheck from 'fast-check';
import { SERVICE } from '../people';
import { type Flow } from '../ticket';
import { plusSeconds } from '../time';
import { anySigning } from './step-up-story';
import { anyLocked, lockedPaths } from './locked-story';
import { anyOuter } from './outer-story';
import { anyApproval } from './any-approval';
import { anyDesk } from './any-desk';
import { type Body } from './body';
import {
  ADA,
  BOB,
  CAROL,
  decisionBy,
  DESK,
  facts as factsOf,
  FINE,
  HELEN,
  HUGO,
  MADE,
  OLD_KEYS,
  OTHER,
  OWN,
  PASSKEY,
  person,
  START,
  WORKSTATION,
} from './story';
import { type Opening, type Step } from './told';

/** Of the helpdesk, without a part in any story. */
export const IVY = factsOf('ivy');
export const IAN = factsOf('ian');

/**
 * Arbitraries of stories: how a ticket is opened, and steps of anybody from any state that it can be brought to.
 * @param fc fast-check, handed in because nothing but tests may import it here
 */
export function anyStory(fc: typeof FastCheck) {
  const everybody = fc.constantFrom(ADA, BOB, CAROL, HELEN, HUGO).map((one) => person(one));
  const standing = fc.constantFrom(FINE, FINE, FINE, { ...FINE, privileged: true }, { ...FINE, stops: ['x'] });
  const generation = fc.integer({ min: 1, max: 4 });
  const job = fc.constantFrom('job-1', 'job-2');
  const workstation = fc.constantFrom(WORKSTATION, { ...WORKSTATION, id: OTHER.id });

  const anyBody: FastCheck.Arbitrary<Body> = fc.oneof(
    { weight: 5, arbitrary: anyLocked(fc) },
    anyOuter(fc),
    anyDesk(fc),
    anySigning(fc),
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick' as const), by: fc.constant(SERVICE) }) },
    fc.record({ kind: fc.constant('cancel' as const), by: everybody, helpdesk: fc.boolean() }),
    { weight: 5, arbitrary: anyApproval(fc, standing) },
    fc.record({ by: everybody, to: fc.constantFrom(undefined, OWN, OTHER, DESK) }).map(({ by, to }): Body => {
      return to ? { kind: 'choose', way: 'workstation', workstation: to, by } : { kind: 'choose', way: 'pass', by };
    }),
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('vouch' as const), by: everybody, matches: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('prepare-show' as const), by: everybody, standing }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('show' as const),
        by: everybody,
        standing,
        passkeysBefore: fc.constant([]),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('pass-issued' as const),
        by: fc.constant(SERVICE),
        generation,
        methodId: fc.constant('pass'),
        validUntil: fc.integer({ min: 60, max: 40_000 }).map((seconds) => plusSeconds(START, seconds)),
      }),
    },
    fc.record({
      kind: fc.constant('pass-settled' as const),
      by: fc.constant(SERVICE),
      generation,
      deleted: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('pass-ended' as const),
      by: fc.constant(SERVICE),
      generation,
      how: fc.constantFrom('deleted' as const, 'gone' as const, 'replaced' as const),
    }),
    fc.record({
      kind: fc.constant('passkey-appeared' as const),
      by: fc.constant(SERVICE),
      generation,
      passkey: fc.constant(PASSKEY),
    }),
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('start-job' as const), by: everybody, job, standing }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('job-started' as const),
        by: workstation,
        job,
        standing,
        challengeHash: fc.constantFrom('a', 'b'),
        challengeUntil: fc.integer({ min: 60, max: 3600 }).map((seconds) => plusSeconds(START, seconds)),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ job, by: workstation }).map(({ job: id, by }): Body => ({ ...MADE, job: id, by })),
    },
    fc.record({
      kind: fc.constant('passkey-registered' as const),
      by: fc.constant(SERVICE),
      job,
      passkey: fc.constant(PASSKEY),
    }),
    fc.record({
      kind: fc.constant('job-failed' as const),
      by: fc.oneof(workstation, fc.constant(SERVICE)),
      job,
      code: fc.constant('key-gone'),
      orphan: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('park' as const),
      by: fc.constant(SERVICE),
      step: fc.constantFrom(...(['register', 'confirm', 'show', 'tidy', 'remove', 'revoke'] as const)),
      code: fc.constantFrom('x', 'y'),
    }),
    fc.record({ kind: fc.constantFrom('take-over' as const, 'retry' as const), by: everybody, helpdesk: fc.boolean() }),
    fc.record({
      kind: fc.constant('unreached' as const),
      by: fc.constant(SERVICE),
      person: fc.constantFrom(BOB, CAROL),
      code: fc.constant('not-installed'),
    }),
    fc.record({
      kind: fc.constant('passkey-removed' as const),
      by: fc.constant(SERVICE),
      methodId: fc.constantFrom(...OLD_KEYS.map(({ methodId }) => methodId), 'another'),
      how: fc.constantFrom('deleted' as const, 'gone' as const),
    }),
    fc.record({ kind: fc.constant('sessions-revoked' as const), by: fc.constant(SERVICE) }),
    fc.record({ kind: fc.constant('finish' as const), by: everybody }),
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('freeze' as const),
        by: everybody,
        via: fc.constantFrom('chat' as const, 'mail' as const),
        blocks: fc.boolean(),
      }),
    },
    fc.record({
      kind: fc.constant('passkeys-taken-back' as const),
      by: fc.constant(SERVICE),
      methodIds: fc.constantFrom([], [PASSKEY.methodId], ['late']),
    }),
    fc.record({
      kind: fc.constantFrom('sign-in-blocked' as const, 'sign-in-unblocked' as const),
      by: fc.constant(SERVICE),
    }),
    fc.record({
      kind: fc.constant('sign-in-stays-blocked' as const),
      by: fc.constant(SERVICE),
      other: fc.constant('KV-AAAA-AA'),
    }),
    {
      weight: 3,
      arbitrary: fc.constantFrom(IVY, IAN, HELEN, ADA).map((actor): Body => {
        const thaw = { actor, others: [ADA, HELEN, HUGO], samePerson: { linkedAccounts: [] } };
        return { kind: 'thaw', by: person(actor), helpdesk: true, facts: thaw };
      }),
    },
    fc.record({
      kind: fc.constant('mail-sent' as const),
      by: fc.constant(SERVICE),
      about: fc.constantFrom('opened' as const, 'decided' as const),
    }),
    fc.record({ kind: fc.constant('signed-in' as const), by: everybody, seen: fc.constant('said' as const) }),
  );

  /** What brings a ticket forward, so that the random commands come upon every state. */
  const facts = decisionBy(BOB, { requester: HELEN, hander: HUGO });
  const agree: Body = { kind: 'approve', by: person(BOB), how: 'video', facts };
  const hugo = person(HUGO);
  const PATHS: readonly (readonly Body[])[] = [
    [],
    [agree],
    [
      agree,
      { kind: 'choose', way: 'pass', by: hugo },
      { kind: 'vouch', matches: true, by: hugo },
      { kind: 'prepare-show', standing: FINE, by: hugo },
      { kind: 'show', standing: FINE, passkeysBefore: [], by: hugo },
      { kind: 'pass-issued', generation: 1, methodId: 'p', validUntil: plusSeconds(START, 3600), by: SERVICE },
    ],
    [
      agree,
      { kind: 'choose', way: 'workstation', workstation: OWN, by: hugo },
      { kind: 'vouch', matches: true, by: hugo },
      { kind: 'start-job', job: 'job-1', standing: FINE, by: hugo },
      {
        ...{ kind: 'job-started', job: 'job-1', standing: FINE, by: WORKSTATION },
        ...{ challengeHash: 'a', challengeUntil: plusSeconds(START, 400) },
      },
      { ...MADE, by: WORKSTATION },
    ],
    ...lockedPaths(agree),
  ];

  /** All that was given is taken back: what the two who thaw wait for. */
  const takenBack: readonly Body[] = [
    { kind: 'freeze', via: 'chat', blocks: true, by: person(ADA) },
    { kind: 'pass-ended', generation: 1, how: 'deleted', by: SERVICE },
    { kind: 'passkeys-taken-back', methodIds: [], by: SERVICE },
    { kind: 'sessions-revoked', by: SERVICE },
  ];
  const paths = [...PATHS, ...PATHS.map((path) => [...path, ...takenBack])];

  const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 20_000 }));
  const steps: FastCheck.Arbitrary<Step[]> = fc
    .tuple(
      fc
        .constantFrom(...paths)
        .chain((path) => fc.integer({ min: 0, max: path.length }).map((to) => path.slice(0, to))),
      fc.array(fc.record({ after: seconds, body: anyBody }), { maxLength: 25 }),
    )
    .map(([path, rest]) => [...path.map((body) => ({ after: 1, body })), ...rest]);

  const openings: FastCheck.Arbitrary<Opening> = fc.record({
    flow: fc.constantFrom<Flow>(
      'onboarding',
      'onboarding',
      'spare-key',
      'lost-key',
      'locked-pin',
      'locked-pin',
      'pass',
      'return-key',
    ),
    vouch: fc.boolean(),
    needed: fc.constantFrom(1, 1, 2),
    desk: fc.boolean(),
    contain: fc.boolean(),
    stepUp: fc.constantFrom(false, false, true),
  });
  return { openings, steps };
}
