import { setTimeout as pause } from 'node:timers/promises';
import { Secret } from '../../../agent/protocol/secret';
import { setPinOf } from './key-pin';
import { atTheCard, begin, type Course, lookAt, type Stage } from './persistent-story';
import { choiceOf, pair, runForOneJob } from './persistent-workstation';
import { lettersOf, newestAbout, offers } from './reading';

export { type Course, type Roles, type Stage, untilOver } from './persistent-story';

/** How long a new pass is tried at the sign-in before another one is asked for: a fresh one may not work at once. */
const TRY_PASS_MS = 15_000;

/** Uses a pass at Security info. False: it does not work (any more). */
async function usePass({ sandbox: { entra }, roles }: Stage, pass: string): Promise<boolean> {
  const end = Date.now() + TRY_PASS_MS;
  const device = `tcp:127.0.0.1:${roles.key.port}`;
  while (Date.now() < end) {
    const session = entra.signInWithPass(roles.subject.upn, pass);
    if (session.ok && session.session) {
      const pin = new Secret(roles.pin);
      await setPinOf(device, pin);
      const added = await entra.registerAtSecurityInfo(roles.subject.upn, session.session, { device, pin });
      if (added.ok) return true;
    }
    await pause(500);
  }
  return false;
}

/** Flow 1 by a pass, until the key is added at Security info. Whatever goes dead is pressed again. */
export async function persistentlyByPass(stage: Stage): Promise<Course> {
  const { player, roles } = stage;
  const { course, code } = await begin(stage);
  const recipient = roles.recipient.id;
  let registered = false;
  let barren = Date.now();
  const act = async (verb: string): Promise<void> => {
    barren = Date.now();
    if (verb === 'show') course.showClicks += 1;
    const answer = await player.press(recipient, verb, verb === 'vouch' ? { code } : {});
    const pass = verb === 'show' && answer ? lettersOf(answer) : undefined;
    if (verb === 'show') stage.onQuiet?.();
    if (pass === undefined) {
      course.left = verb === 'show' && roles.walksAway === true;
      return;
    }
    course.passesSeen.push(pass);
    registered = await usePass(stage, pass);
  };
  await atTheCard(stage, recipient, course.ticket, ['show', 'prepare-show', 'vouch', 'choose-pass'], act, () => {
    // Three times Show, nothing to press for a minute, and no key: a person would ask anew.
    course.showsUsedUp = course.showClicks >= 3 && Date.now() - barren > 60_000;
    return registered || course.left || course.showsUsedUp;
  });
  return course;
}

/** Flow 1 at the person's own workstation, until the agent says that Entra has the key or the ticket is over. */
export async function persistentlyAtWorkstation(stage: Stage): Promise<Course> {
  const { sandbox, player, roles } = stage;
  const { course, code } = await begin(stage);
  const person = roles.recipient.id;
  const workstation = 'desk-under-the-window';
  const paired = await pair(stage, workstation);
  await lookAt(stage, person, course.ticket);

  let registered = false;
  let begun = false;
  const runAgent = async (): Promise<void> => {
    begun = true;
    registered = await runForOneJob(stage, workstation, course.ticket);
  };
  const act = async (verb: string): Promise<void> => {
    const card = newestAbout(sandbox.teams, person, course.ticket);
    const inputs = { vouch: { code }, 'choose-workstation': choiceOf(card, paired) }[verb];
    const answer = await player.press(person, verb, inputs ?? {});
    // Whether the answer came or not, a job may lie there now.
    if (verb === 'start-job' && answer && !offers(answer, 'start-job')) await runAgent();
  };
  const verbs = ['start-job', 'vouch', 'choose-workstation'];
  // An agent that gave up is started again: it goes on where it was.
  await atTheCard(
    stage,
    person,
    course.ticket,
    verbs,
    act,
    () => registered,
    async () => (begun ? runAgent() : undefined),
  );
  return course;
}
