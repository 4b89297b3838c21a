import { createHash } from 'node:crypto';
import { act, jobsFor, memberOf, type Outcome, startJob, takeResult } from '../../../bot/service';
import { type Deps } from '../../../bot/service/deps';
import { vouchCodeOf, jobNumberOf } from '../../../bot/service/details';
import { type WorkstationRecord } from '../../../bot/service/ports';
import { type Name, WHO } from '../../../bot/service/testing/world';
import { type TicketVerb } from '../../../bot/tickets/verbs';
import { makeMaker, type Maker, softwareKey } from '../../local/entra/software-authenticator.fixture';
import { type Dice } from '../seed';
import { type GatedWorld } from '../rig/gated/world';

/** What an actor was told. */
export interface Told {
  who: Name | 'workstation' | 'clock';
  what: string;
  outcome?: Outcome;
  /** Code of the fault, where it failed. */
  fault?: string;
}

export interface Scene {
  world: GatedWorld;
  ticket: string;
  workstation: WorkstationRecord;
  /** Who receives. */
  recipient: Name;
  /** Of the card that everybody has before them as the race begins. */
  nonce: string;
}

export type Actor = (scene: Scene, deps: Deps) => Promise<Told>;

let maker: Promise<Maker> | undefined;
const AAGUID = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const faultOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);

function pressed(
  who: Name | 'recipient',
  verb: TicketVerb,
  more: (scene: Scene, deps: Deps) => object = () => ({}),
): Actor {
  return async (scene, deps) => {
    const name = who === 'recipient' ? scene.recipient : who;
    const { ticket, nonce } = scene;
    try {
      const member = await memberOf(deps, WHO[name]);
      const stored = await deps.tickets.load(ticket);
      const typed = stored ? more(scene, deps) : {};
      const code = verb === 'vouch' && stored && !('code' in typed) ? { code: vouchCodeOf(deps, stored.ticket) } : {};
      const outcome = await act(deps, member, { ticket, verb, nonce, ...code, ...typed });
      return { who: name, what: verb, outcome };
    } catch (error) {
      return { who: name, what: verb, fault: faultOf(error) };
    }
  };
}

/** What the workstation has before it: the job of the ticket, if it was offered. */
async function jobAt(scene: Scene, deps: Deps): Promise<{ id: string; jws: string } | undefined> {
  const [jws] = (await jobsFor(deps, scene.workstation)).jobs;
  const job = (await deps.tickets.load(scene.ticket))?.ticket.job;
  return jws !== undefined && job ? { id: job.id, jws } : undefined;
}

function atWorkstation(
  what: string,
  work: (scene: Scene, deps: Deps, job: { id: string; jws: string }) => Promise<unknown>,
): Actor {
  return async (scene, deps) => {
    try {
      const job = await jobAt(scene, deps);
      if (!job) return { who: 'workstation', what, fault: 'no-job' };
      await work(scene, deps, job);
      return { who: 'workstation', what };
    } catch (error) {
      return { who: 'workstation', what, fault: faultOf(error) };
    }
  };
}

async function registers(scene: Scene, deps: Deps, job: { id: string; jws: string }): Promise<void> {
  const { options } = await startJobOf(scene, deps, job.id);
  const client = {
    type: 'webauthn.create',
    challenge: String(options['challenge']),
    origin: 'https://login.microsoft.com',
  };
  const clientDataJSON = Buffer.from(JSON.stringify({ ...client, crossOrigin: false }));
  const key = softwareKey(await (maker ??= makeMaker()), { attestation: 'none' });
  const user = { id: new Uint8Array([1]), name: 'ada', displayName: 'Ada' };
  const made = await key.register({ clientDataJSON, user, exclude: [] });
  await takeResult(deps, scene.workstation, job.id, {
    outcome: 'made',
    jobDigest: createHash('sha256').update(job.jws).digest('base64url'),
    credentialId: text(made.credentialId),
    clientDataJSON: text(clientDataJSON),
    attestationObject: text(made.attestationObject),
    transports: ['usb'],
  });
}

/** The key is locked for ever, and the first of the old passkeys is on it. */
async function looks(scene: Scene, deps: Deps, job: { id: string; jws: string }): Promise<void> {
  await startJobOf(scene, deps, job.id);
  const report = {
    ...{ aaguid: AAGUID, firmware: null, versions: ['FIDO_2_1'], fingerprints: 'no-reader' as const },
    pin: { set: true, retriesLeft: 0, blocked: 'for-ever' as const, changeForced: false, minimumLength: 4 },
    ...{ roomLeft: null, alwaysUv: false, answered: ['old-1'] },
  };
  await takeResult(deps, scene.workstation, job.id, { outcome: 'inspected', jobDigest: digest(job.jws), report });
}

async function startJobOf(scene: Scene, deps: Deps, id: string): Promise<{ options: Record<string, unknown> }> {
  const reply = await startJob(deps, scene.workstation, id, jobNumberOf(deps, id));
  return { options: reply.act === 'register' ? reply.options : {} };
}

const digest = (jws: string): string => createHash('sha256').update(jws).digest('base64url');

/** Time goes on, by so many seconds, and one process's timers run. */
const clock =
  (what: string, seconds: number): Actor =>
  async ({ world }, deps) => {
    world.scheduler.advance(seconds * 1000);
    await world.sweep(deps);
    return { who: 'clock', what };
  };

/** Everybody who can do something to a ticket, and what. */
export const ACTORS: Readonly<Record<string, Actor>> = {
  'bob approves': pressed('bob', 'approve', () => ({ how: 'video' })),
  'carol approves': pressed('carol', 'approve', () => ({ how: 'video' })),
  'bob denies': pressed('bob', 'deny', () => ({ text: 'Nobody of mine.' })),
  'carol denies': pressed('carol', 'deny', () => ({ text: 'Not known to me.' })),
  'the requester cancels': async (scene, deps) => {
    const requester = (await deps.tickets.load(scene.ticket))?.ticket.requester.id;
    return pressed(requester === WHO.helen ? 'helen' : 'ada', 'cancel')(scene, deps);
  },
  'the helpdesk cancels': pressed('hugo', 'cancel'),
  'takes the pass': pressed('recipient', 'choose-pass'),
  'takes the workstation': pressed('recipient', 'choose-workstation'),
  'types the code': pressed('recipient', 'vouch'),
  'types a wrong code': pressed('recipient', 'vouch', () => ({ code: 'x' })),
  prepares: pressed('recipient', 'prepare-show'),
  shows: pressed('recipient', 'show'),
  'asks for a look': pressed('recipient', 'diagnose'),
  'the workstation looks': atWorkstation('look', looks),
  'has forgotten the PIN': pressed('recipient', 'forgotten'),
  'needs nothing after all': pressed('recipient', 'not-needed'),
  'starts the job': pressed('recipient', 'start-job'),
  'has done with the pass': pressed('recipient', 'finish'),
  'says it was not them': pressed('ada', 'not-me'),
  'helen thaws': pressed('helen', 'thaw'),
  'hugo thaws': pressed('hugo', 'thaw'),
  'the helpdesk takes over': pressed('helen', 'take-over'),
  'the helpdesk tries again': pressed('helen', 'retry'),
  'the workstation begins': atWorkstation('begin', (scene, deps, { id }) => startJobOf(scene, deps, id)),
  'the workstation has the wrong number': atWorkstation('wrong-number', (scene, deps, { id }) => {
    const number = String((Number(jobNumberOf(deps, id)) + 1) % 100).padStart(2, '0');
    return startJob(deps, scene.workstation, id, number);
  }),
  'the workstation registers': atWorkstation('register', registers),
  'the workstation fails': atWorkstation('fail', (scene, deps, { id, jws }) =>
    takeResult(deps, scene.workstation, id, {
      ...{ outcome: 'failed', jobDigest: digest(jws), code: 'key-gone', orphan: false },
    }),
  ),
  'five minutes': clock('five minutes', 300),
  widening: clock('two hours', 2 * 3600),
  expiry: clock('ten hours', 10 * 3600 + 60),
  'a timer': clock('a timer', 15),
};

/** What comes before all else where a key is looked at first. */
export const LOOK: readonly string[] = ['asks for a look', 'the workstation looks'];

/** What brings a ticket to where a race begins, by one after the other. */
export const WALKS: readonly (readonly string[])[] = [
  [],
  ['bob approves'],
  ['bob approves', 'carol approves'],
  ['bob approves', 'carol approves', 'takes the pass', 'types the code'],
  ['bob approves', 'carol approves', 'takes the pass', 'types the code', 'prepares'],
  ['bob approves', 'carol approves', 'takes the pass', 'types the code', 'prepares', 'shows'],
  ['bob approves', 'carol approves', 'takes the workstation', 'types the code'],
  ['bob approves', 'carol approves', 'takes the workstation', 'types the code', 'starts the job'],
  [
    'bob approves',
    'carol approves',
    'takes the workstation',
    'types the code',
    'starts the job',
    'the workstation registers',
  ],
];

/** After these a pass can be asked for. */
const PASS_AT_HAND: readonly (string | undefined)[] = ['prepares', 'shows'];
/** What ends a ticket under the hands of whoever asks for a pass. */
const ENDINGS = ['says it was not them', 'the helpdesk cancels', 'expiry'];

/** Those who race: a few of all, each at most twice at once. @param after what came last before the race */
export function racers(dice: Dice, after: string | undefined): string[] {
  const names = Object.keys(ACTORS);
  const count = 2 + dice.below(6);
  const some = Array.from({ length: count }, () => dice.one(names));
  // The decisions meet each other more often than chance would have it.
  const rivals = [
    'bob approves',
    'bob denies',
    'carol approves',
    'the requester cancels',
    'expiry',
    'shows',
    'says it was not them',
  ];
  const onPass = PASS_AT_HAND.includes(after) && dice.below(2) === 0 ? ['shows', dice.one(ENDINGS)] : [];
  return [...some, ...onPass, ...Array.from({ length: dice.below(3) }, () => dice.one(rivals))];
}
