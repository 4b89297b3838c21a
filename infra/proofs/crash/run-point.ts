import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EffectKind, type OutboxItem } from '../../../bot/tickets/effects';
import { type Course, untilOver } from '../../local/play/persistent-onboarding';
import { createPersistentPlayer } from '../../local/play/persistent-player';
import { chatsAndCalls, keep } from '../rig/keep';
import { type Rig, startRig } from '../rig/rig';
import { truthOf } from '../rig/truth';
import { bringDelays, type Losses, loseReplies } from '../rig/weather';
import { evidenceOf } from './evidence';
import { DELETED_WITHIN_MS, type Evidence, violationsOf } from './invariants';
import { type Moment, type Place, placesIn } from './points';
import { playersOf, STORY, type StoryName } from './stories';

export interface Attempt {
  story: StoryName;
  entry: string;
  seed: number;
  /** Where the host dies; undefined: it lives, and its places are counted. */
  death?: { at: number; moment: Moment };
  /** Replies that get lost besides. */
  losses?: Losses;
  /** Called once all that is left is waiting: another may begin to play. */
  onQuiet?: () => void;
}

export interface Played {
  /** Where the host was when it died; undefined: it did not get there. */
  diedAt?: string;
  places: Place[];
  violations: string[];
  evidence: Evidence;
  /** Where all that is known was kept, where something was violated. */
  kept?: string;
  course?: Course;
  /** Milliseconds from the first click to the end, all settled. */
  tookMs: number;
}

/** How long people go on trying. */
const PATIENCE_MS = 300_000;
/** After an end every card is true within a minute (promise `honest`). */
const SETTLE_MS = 60_000;
const PIN = '314159';
const LINES_KEPT = 400;

/** Starts the host again as soon as it dies; from then on it is not armed. */
function supervise({ host }: Rig, onUp: () => void): () => void {
  const dismissed = new AbortController();
  void (async () => {
    for (;;) {
      await host.ended();
      if (dismissed.signal.aborted) return;
      await host.start().then(onUp, () => undefined);
    }
  })();
  return () => dismissed.abort();
}

/** What may still lie in the outbox of a ticket that has ended: looks that will find nothing left to do. */
const LOOKS_LEFT: readonly EffectKind[] = ['follow-approvers', 'watch-sign-in', 'settle-pass'];

/** Waits until nothing of a ticket is left to be done. */
async function settled(rig: Rig, ticket: string): Promise<void> {
  const { tickets } = await truthOf(rig);
  const end = Date.now() + SETTLE_MS;
  const far = new Date(Date.now() + 366 * 24 * 3_600_000).toISOString();
  while (Date.now() < end) {
    const id = await tickets.find(ticket);
    const left = id === undefined ? [] : await tickets.outbox(id, far);
    const now = new Date().toISOString();
    // What was never tried and is put off on purpose is no arrear: an approver's card, while the code stands on it.
    const isArrear = ({ effect, attempts, notBefore }: OutboxItem) =>
      !LOOKS_LEFT.includes(effect.kind) && (attempts > 0 || notBefore <= now);
    if (id !== undefined && !left.some(isArrear)) return;
    await pause(500);
  }
}

/** Waits as long as the promise gives the service to end a pass that nobody may have seen. */
async function passesEnded({ entra }: Rig, subject: string, until: () => number): Promise<void> {
  const alive = () => entra.view(subject).passes.some((pass) => pass.alive);
  while (alive() && Date.now() < until()) await pause(500);
}

/** Plays one story, with the host dying at one place, and looks at what has become of everything. */
export async function playOnce(attempt: Attempt): Promise<Played> {
  const { story: name, entry, death, seed, onQuiet = () => undefined } = attempt;
  const story = STORY[name];
  const hostLines: string[] = [];
  const note = (line: string): void => {
    hostLines.push(line);
    if (hostLines.length > LINES_KEPT) hostLines.shift();
  };
  const installed = playersOf(story);
  const rig = await startRig({ entry, installed, german: seed % 2 === 0 ? installed : [], onHostLine: note });
  let recoveredAt = Date.now();
  let dismiss: () => void = () => undefined;
  try {
    const logFile = join(rig.folder, 'places.log');
    const plan = { at: death?.at ?? 0, moment: death?.moment ?? 'before', logFile, tables: rig.lossy.origin };
    bringDelays(rig);
    if (attempt.losses) loseReplies(rig, attempt.losses);
    // A host that is to die and does so while it starts is started again like any other.
    await rig.host.start({ KEYVOUCH_HOST_CRASH: JSON.stringify(plan) }).catch((error: unknown) => {
      if (death && !rig.host.alive()) return;
      throw new Error(`the host did not start: ${hostLines.slice(-3).join(' · ')}`, { cause: error });
    });
    dismiss = supervise(rig, () => {
      recoveredAt = Date.now();
      note('the host is up again');
    });
    const begun = Date.now();
    const player = createPersistentPlayer(rig.teams, { until: begun + PATIENCE_MS });
    const stage = { sandbox: rig, player, onQuiet, roles: { ...story.roles, key: rig.key, pin: PIN } };
    let course: Course | undefined;
    let stuck: string | undefined;
    try {
      for (const person of installed) await rig.teams.install(person);
      course = await story.play(stage);
      onQuiet();
      if (course.left) await passesEnded(rig, story.roles.subject.id, () => recoveredAt + DELETED_WITHIN_MS + 5_000);
      else if (!course.showsUsedUp) await untilOver(stage, course.ticket);
    } catch (error) {
      stuck = error instanceof Error ? error.message : String(error);
    }
    onQuiet();
    if (course && !course.left) await settled(rig, course.ticket);
    const ended = {
      story: name,
      pin: PIN,
      recoveredAt,
      ...(course && { course }),
      ...(stuck !== undefined && { stuck }),
    };
    const evidence = await evidenceOf(rig, await truthOf(rig), ended);
    const places = existsSync(logFile) ? placesIn(readFileSync(logFile, 'utf8')) : [];
    const diedAt = death && places.find(({ number }) => number === death.at)?.label;
    const violations = violationsOf(evidence);
    const kept =
      violations.length > 0
        ? keep(`${name} ${plan.moment} ${plan.at}`, {
            violations,
            evidence,
            places,
            hostLines,
            ...chatsAndCalls(rig.teams),
          })
        : undefined;
    return {
      ...(diedAt !== undefined && { diedAt }),
      ...(kept !== undefined && { kept }),
      places,
      violations,
      evidence,
      ...(course && { course }),
      tookMs: Date.now() - begun,
    };
  } finally {
    onQuiet();
    dismiss();
    await rig.close();
  }
}
