import { Secret } from '../../../agent/protocol/secret';
import { setPinOf } from './key-pin';
import { lockForEver } from './lock-key';
import { approve, ask, atTheCard, type Course, lookAt, type Stage } from './persistent-story';
import { choiceOf, pair, runForOneJob } from './persistent-workstation';
import { newestAbout, offers } from './reading';

/** A key with its passkey on the account, whose PIN was typed wrong until it locked for ever. */
async function lockedKey({ sandbox, roles }: Stage): Promise<void> {
  const device = `tcp:127.0.0.1:${roles.key.port}`;
  const pin = new Secret(roles.pin);
  await setPinOf(device, pin);
  await sandbox.entra.enrol(roles.subject.upn, { device, pin }, 'Blue key');
  await lockForEver(roles.key);
}

/** Flow 3, until the agent says that Entra has the key or the ticket is over. Whatever goes dead is begun again. */
export async function persistentlyLockedPin(stage: Stage): Promise<Course> {
  const { sandbox, player, roles } = stage;
  await lockedKey(stage);
  const ticket = await ask({ ...stage, asking: { words: 'my key is locked', inputs: () => ({}) } });
  const course: Course = { ticket, passesSeen: [], showClicks: 0, nudged: 0, showsUsedUp: false, left: false };
  const person = roles.recipient.id;
  const workstation = 'desk-under-the-window';
  const paired = await pair(stage, workstation);
  await lookAt(stage, person, ticket);

  // The approver is asked only once the key was looked at; until then they look in vain.
  const code = approve(stage, ticket, course);
  code.catch(() => undefined);
  let registered = false;
  let begun = false;
  const runAgent = async (): Promise<void> => {
    begun = true;
    registered = await runForOneJob(stage, workstation, ticket);
  };
  const act = async (verb: string): Promise<void> => {
    const card = newestAbout(sandbox.teams, person, ticket);
    const inputs = verb === 'vouch' ? { code: await code } : verb === 'diagnose' ? choiceOf(card, paired) : {};
    const answer = await player.press(person, verb, inputs);
    // Whether the answer came or not, a job may lie there now.
    const starts = verb === 'diagnose' || verb === 'start-job';
    if (starts && answer && !offers(answer, verb)) await runAgent();
  };
  const idle = async (): Promise<void> => (begun ? runAgent() : undefined);
  await atTheCard(stage, person, ticket, ['start-job', 'vouch', 'diagnose'], act, () => registered, idle);
  return course;
}
