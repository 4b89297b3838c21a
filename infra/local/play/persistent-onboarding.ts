import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Secret } from '../../../agent/protocol/secret';
import { type VirtualKey } from '../key';
import { type AgentProcess } from '../sandbox/agent-process';
import { type Sandbox } from '../sandbox/sandbox';
import { type CardJson, shownCard, type TeamsStandIn } from '../teams';
import { setPinOf } from './key-pin';
import { type PersistentPlayer } from './persistent-player';
import { findInput, lettersOf, newestAbout, newestWith, offers, standingOn, ticketsOn } from './reading';

/** Who is who in one story of flow 1. For oneself: requester, subject and recipient are one person. */
export interface Roles {
  subject: { id: string; upn: string };
  requester: { id: string };
  /** The subject, or the hander. */
  recipient: { id: string };
  approver: { id: string };
  key: VirtualKey;
  pin: string;
  /** The recipient goes away for good where pressing Show brings no pass. */
  walksAway?: boolean;
}

/** What the people did and saw. */
export interface Course {
  ticket: string;
  /** Passes that were seen on a card. */
  passesSeen: string[];
  /** How often Show was pressed. */
  showClicks: number;
  /** How often somebody had to be told by another way, because no card came to them. */
  nudged: number;
  /** All three shows were used, and no passkey came of them. */
  showsUsedUp: boolean;
  /** Somebody pressed Show, saw no pass, and went away. */
  left: boolean;
}

/** How long a person looks at a card that does not change before typing the ticket's number. */
const LOOK_AGAIN_MS = 8_000;
/** How long an approver is waited for before somebody calls them. */
const CALL_AFTER_MS = 30_000;
/** How long a new pass is tried at the sign-in before another one is asked for: a fresh one may not work at once. */
const TRY_PASS_MS = 15_000;
const REASON = 'My first day: I need a key to sign in.';
const AGENT_IDLE_SECONDS = '30';

export interface Stage {
  sandbox: Sandbox;
  player: PersistentPlayer;
  roles: Roles;
  /** Called once the people have done most of what they do, and mostly wait. */
  onQuiet?: () => void;
}

/** Asks until there is a ticket. @returns its number */
async function ask({ sandbox, player, roles }: Stage): Promise<string> {
  const { teams } = sandbox;
  const { requester, subject, recipient } = roles;
  const other = requester.id !== subject.id;
  const inputs = { reason: REASON, ...(other && { person: subject.upn, hander: recipient.id }) };
  return player.until('a ticket', async () => {
    const seen = teams
      .chat(requester.id)
      .flatMap(({ card, view }) => [card, view].flatMap((one) => (one ? ticketsOn(one) : [])));
    if (seen[0]) return seen[0];
    if (newestWith(teams, requester.id, 'send-request')) {
      const sent = await player.press(requester.id, 'send-request', inputs);
      return sent && ticketsOn(sent)[0];
    }
    if (await player.press(requester.id, other ? 'ask-other' : 'ask')) return undefined;
    await player.say(requester.id, 'hi');
    return undefined;
  });
}

/** Types the number of a ticket: the answer tells where it stands. */
async function lookAt({ sandbox, player }: Stage, person: string, ticket: string): Promise<CardJson | undefined> {
  await player.say(person, ticket);
  return newestAbout(sandbox.teams, person, ticket);
}

/** Approves, and keeps at it until the vouch code is seen. Who never got a card is called, and types the number. */
async function approve(stage: Stage, ticket: string, course: Course): Promise<string> {
  const { sandbox, player, roles } = stage;
  const approver = roles.approver.id;
  let waitedSince = Date.now();
  return player.until('the vouch code', async () => {
    const card = newestAbout(sandbox.teams, approver, ticket);
    if (!card || (!offers(card, 'approve') && !offers(card, 'show-vouch-code'))) {
      if (Date.now() - waitedSince < (card ? LOOK_AGAIN_MS : CALL_AFTER_MS)) return undefined;
      if (!card) course.nudged += 1;
      waitedSince = Date.now();
      await lookAt(stage, approver, ticket);
      return undefined;
    }
    const verb = offers(card, 'show-vouch-code') ? 'show-vouch-code' : 'approve';
    const answer = await player.press(approver, verb, verb === 'approve' ? { how: 'video' } : {});
    return answer && lettersOf(answer)?.replace(/\s/g, '');
  });
}

/**
 * Plays one person at one ticket: does what the newest card offers, the first of `wanted` that is there; looks again
 * where nothing changes, and where that offers nothing either, does what `quiet` says.
 */
async function atTheCard(
  stage: Stage,
  person: string,
  ticket: string,
  wanted: readonly string[],
  act: (verb: string) => Promise<void>,
  over: () => boolean,
  quiet: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { sandbox, player } = stage;
  let changed = Date.now();
  let before = '';
  await player.until(`the end of ${ticket}`, async () => {
    const card = newestAbout(sandbox.teams, person, ticket);
    if (over() || saysOver(sandbox.teams, person, ticket)) return true;
    const verb = card && wanted.find((one) => offers(card, one));
    const now = JSON.stringify(card);
    if (now !== before) changed = Date.now();
    before = now;
    if (verb) await act(verb);
    else if (Date.now() - changed > LOOK_AGAIN_MS) {
      const fresh = await lookAt(stage, person, ticket);
      if (fresh && !wanted.some((one) => offers(fresh, one))) await quiet();
      changed = Date.now();
    }
    return undefined;
  });
}

/** Whether any card in the chat says that the ticket has ended: an end is for ever. */
function saysOver(teams: TeamsStandIn, person: string, ticket: string): boolean {
  return teams.chat(person).some((message) => {
    const card = shownCard(message);
    return (
      card && ticketsOn(card).includes(ticket) && !['waiting', 'approved'].includes(standingOn(card) ?? 'approved')
    );
  });
}

async function begin(stage: Stage): Promise<{ course: Course; code: string }> {
  const ticket = await ask(stage);
  const course: Course = { ticket, passesSeen: [], showClicks: 0, nudged: 0, showsUsedUp: false, left: false };
  return { course, code: await approve(stage, ticket, course) };
}

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

const AgentEvent = z.object({ event: z.string() }).passthrough();

/** Pairs the workstation: with a new code and a new name each time, until the agent says that it is done. @returns its name */
async function pair(stage: Stage, workstation: string): Promise<string> {
  const { sandbox, player, roles } = stage;
  const person = roles.recipient.id;
  let tries = 0;
  return player.until('a paired workstation', async () => {
    const shown = await player.press(person, 'pair');
    // Once one is paired, the home card offers no second: the list of workstations does.
    if (!shown) await player.say(person, 'workstations');
    const code = shown && lettersOf(shown);
    if (!code) return undefined;
    tries += 1;
    const name = `${workstation}-${tries}`;
    const agent = sandbox.agent(workstation, ['pair', '--name', name, '--code', code, '--yes', '--json-lines']);
    const ended = agent.ended.then((status) => status ?? 1);
    for (;;) {
      const status = await Promise.race([ended, pause(500, 'running' as const)]);
      if (status !== 'running') return status === 0 ? name : undefined;
      await player.press(person, 'confirm-workstation');
    }
  });
}

const Choice = z.object({ choices: z.array(z.object({ title: z.string(), value: z.string() })) });

/** Chooses a workstation by its name, where the card asks which. */
function choiceOf(card: CardJson | undefined, name: string): Record<string, string> {
  const input = card && findInput(card, 'workstation');
  const chosen = Choice.safeParse(input).data?.choices.find(({ title }) => title === name);
  return chosen ? { workstation: chosen.value } : {};
}

/** The person at the workstation: types what the agent asks for. The number comes from a fresh look at the ticket. */
function answerAgent(stage: Stage, agent: AgentProcess, ticket: string): void {
  const { player, roles } = stage;
  const number = () =>
    player.until('the number for the workstation', async () => {
      const card = await lookAt(stage, roles.recipient.id, ticket);
      return card && lettersOf(card);
    });
  agent.onLine((line) => {
    const parsed = line.startsWith('{') ? AgentEvent.safeParse(JSON.parse(line)) : undefined;
    if (parsed?.data?.event === 'need-pin') agent.write(roles.pin);
    if (parsed?.data?.event === 'made') stage.onQuiet?.();
    if (parsed?.data?.event === 'need-confirm') agent.write('y');
    if (parsed?.data?.event === 'need-number') void number().then(agent.write, () => agent.kill());
  });
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
    const device = `tcp:127.0.0.1:${roles.key.port}`;
    const args = ['run', '--once', '--until-idle', AGENT_IDLE_SECONDS, '--device', device, '--json-lines'];
    const agent = sandbox.agent(workstation, args);
    answerAgent(stage, agent, course.ticket);
    await agent.ended;
    registered = agent.lines().some(({ text }) => text.includes('"registered"'));
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

/** Waits until the requester's own card says that it is over. */
export async function untilOver(stage: Stage, ticket: string): Promise<void> {
  const nothing = async (): Promise<void> => undefined;
  await atTheCard(stage, stage.roles.requester.id, ticket, [], nothing, () => false);
}
