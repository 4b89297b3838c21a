import { type VirtualKey } from '../key';
import { type Sandbox } from '../sandbox/sandbox';
import { type CardJson, shownCard, type TeamsStandIn } from '../teams';
import { type PersistentPlayer } from './persistent-player';
import { lettersOf, newestAbout, newestWith, offers, standingOn, ticketsOn } from './reading';

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
const REASON = 'My first day: I need a key to sign in.';

export interface Stage {
  sandbox: Sandbox;
  player: PersistentPlayer;
  roles: Roles;
  /** Called once the people have done most of what they do, and mostly wait. */
  onQuiet?: () => void;
  /**
   * What is asked for: the words that bring the form, and what is filled in besides the reason; undefined where the form
   * does not offer that yet. Default: a first key, by the button of the home card.
   */
  asking?: { words: string; inputs: (form: CardJson) => Record<string, unknown> | undefined };
}

/** Asks until there is a ticket. @returns its number */
export async function ask({ sandbox, player, roles, asking }: Stage): Promise<string> {
  const { teams } = sandbox;
  const { requester, subject, recipient } = roles;
  const other = requester.id !== subject.id;
  const inputs = { reason: REASON, ...(other && { person: subject.upn, hander: recipient.id }) };
  return player.until('a ticket', async () => {
    const seen = teams
      .chat(requester.id)
      .flatMap(({ card, view }) => [card, view].flatMap((one) => (one ? ticketsOn(one) : [])));
    if (seen[0]) return seen[0];
    const form = newestWith(teams, requester.id, 'send-request')?.card;
    const more = form && asking ? asking.inputs(form) : {};
    if (form && more) {
      const sent = await player.press(requester.id, 'send-request', { ...inputs, ...more });
      return sent && ticketsOn(sent)[0];
    }
    if (asking) {
      await player.say(requester.id, asking.words);
      return undefined;
    }
    if (await player.press(requester.id, other ? 'ask-other' : 'ask')) return undefined;
    await player.say(requester.id, 'hi');
    return undefined;
  });
}

/** Types the number of a ticket: the answer tells where it stands. */
export async function lookAt(
  { sandbox, player }: Stage,
  person: string,
  ticket: string,
): Promise<CardJson | undefined> {
  await player.say(person, ticket);
  return newestAbout(sandbox.teams, person, ticket);
}

/** Approves, and keeps at it until the vouch code is seen. Who never got a card is called, and types the number. */
export async function approve(stage: Stage, ticket: string, course: Course): Promise<string> {
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
export async function atTheCard(
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

export async function begin(stage: Stage): Promise<{ course: Course; code: string }> {
  const ticket = await ask(stage);
  const course: Course = { ticket, passesSeen: [], showClicks: 0, nudged: 0, showsUsedUp: false, left: false };
  return { course, code: await approve(stage, ticket, course) };
}

/** Waits until the requester's own card says that it is over. */
export async function untilOver(stage: Stage, ticket: string): Promise<void> {
  const nothing = async (): Promise<void> => undefined;
  await atTheCard(stage, stage.roles.requester.id, ticket, [], nothing, () => false);
}
