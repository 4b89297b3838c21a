import { setPassUse } from './use-pass';
import { findInput, lettersOf, offers, standingOn, textOf, ticketsOn } from '../../../local/play/reading';
import { softwareKey } from '../../../local/entra/software-authenticator.fixture';
import { type CardJson } from '../../../local/teams';
import { z } from 'zod';
import { type House } from './house';
import { keyInPort } from './key-in-port';
import { HELPDESK, type Story } from './stories';
import { openWorkstation, type Workstation } from './workstation';

/** What the people did and saw. */
export interface Course {
  /** Number of the ticket; undefined: nobody ever saw one. */
  ticket?: string;
  passesSeen: string[];
  showClicks: number;
  /** All shows were used, and no passkey came of them. */
  showsUsedUp: boolean;
  /** Somebody pressed Show, saw no pass, and went away. */
  left: boolean;
  /** The people were told how it ended. */
  over: boolean;
}

export interface Scene {
  house: House;
  story: Story;
  /** Entra's ids of the keys that the subject had before, in order. */
  before: readonly string[];
  newKey: ReturnType<typeof softwareKey>;
  workstation?: Workstation;
  /** When it began, ISO 8601: what was there before belongs to another story. */
  begunAt: string;
}

/** How long a person looks at a card that does not change before typing the ticket's number. */
const LOOK_AGAIN_MS = 8_000;
const STEP_MS = 1_000;
/** How long everybody goes on, in played time: longer than a challenge that was lost, with its grace. */
const PATIENCE_MS = 45 * 60_000;
const REASON = 'I need it to get on with my work.';

/** Gives the subject the keys that the story begins with. */
export async function setScene(house: House, story: Story): Promise<Scene> {
  const before: string[] = [];
  for (let n = 0; n < story.keys; n += 1) {
    const enrolled = await house.entra.enrol(story.subject.upn, softwareKey(house.maker), `Key ${n + 1}`);
    if (!enrolled.ok) throw new Error(`a key could not be enrolled: ${enrolled.reason}`);
  }
  before.push(
    ...house.entra
      .view(story.subject.id)
      .passkeys.filter(({ alive }) => alive)
      .map(({ id }) => id),
  );
  const newKey = softwareKey(house.maker);
  const [locked] = story.flow === 'locked-pin' ? before : [];
  const port = { key: newKey, maker: house.maker, now: () => house.clock.now(), ...(locked && { locked }) };
  const workstation =
    story.way === 'workstation' ? await openWorkstation(house, story.subject.id, keyInPort(port)) : undefined;
  const begunAt = house.clock.now().toISOString();
  return { house, story, before, newKey, begunAt, ...(workstation && { workstation }) };
}

const Choices = z.object({ choices: z.array(z.object({ value: z.string() })) });
const Filled = z.object({ value: z.string() });

/** Whoever asks for many has their forms side by side: one that names somebody else already is theirs. */
function isFormFor({ upn }: Story['subject'], form: CardJson): boolean {
  const named = Filled.safeParse(findInput(form, 'person')).data?.value ?? '';
  return named === '' || named === upn;
}

/** What a form is filled in with; undefined where it does not offer the key that it is about: that one is gone already. */
function inputsFor({ story, before }: Scene, form: CardJson): Record<string, string> | undefined {
  const other = story.requester.id !== story.subject.id;
  const hands = story.recipient.id !== story.subject.id;
  const offered = Choices.safeParse(findInput(form, 'passkeys')).data?.choices.map(({ value }) => value) ?? [];
  const wanted = story.flow === 'return-key' ? before : before.slice(0, 1);
  const keys = offered.filter((value) => wanted.includes(value));
  if (offered.length > 0 && keys.length === 0) return undefined;
  return {
    reason: REASON,
    ...(other && { person: story.subject.upn, what: story.flow }),
    ...(hands && { hander: story.recipient.id }),
    ...(keys.length > 0 && { passkeys: keys.join(',') }),
  };
}

const OVER = ['done', 'denied', 'cancelled', 'expired'];

/** Told after each step of the people, before the next; while it lasts they do nothing. `stop`: they go home. */
export type AfterStep = (course: Course, steps: number) => Promise<'stop' | undefined>;

/** Plays a story with people who go on where the app does not answer, as people do. */
export async function play(scene: Scene, afterStep?: AfterStep): Promise<Course> {
  const { house, story } = scene;
  const { crowd, clock } = house;
  const { requester, recipient, approver, subject } = story;
  const course: Course = {
    passesSeen: [],
    showClicks: 0,
    showsUsedUp: false,
    left: false,
    over: false,
  };
  const usePass = setPassUse(scene);
  let code: string | undefined;
  const { displayName } = house.entra.people().find(({ id }) => id === subject.id) ?? { displayName: '' };
  // Whoever manages many has cards of other tickets in the same chat: they read whom each is about.
  const isAboutSubject = (card: CardJson) => requester.id === subject.id || textOf(card).includes(displayName);
  const numbersSeen = () =>
    crowd
      .chat(requester.id)
      .flatMap(({ card, view }) => [card, ...(view ? [view] : [])])
      .filter(isAboutSubject)
      .map(ticketsOn)
      .flatMap((numbers) => (numbers.length === 1 ? numbers : []));
  const older = new Set(numbersSeen());
  const lookedAt = new Map<string, { at: number; card: string }>();

  /** Presses the first of these that the newest card about the ticket offers. */
  async function pressFirst(person: string, verbs: readonly string[]): Promise<string | undefined> {
    const card = course.ticket && crowd.newestAbout(person, course.ticket);
    const verb = card && verbs.find((one) => offers(card, one));
    if (!card || !verb) return undefined;
    const at = crowd.chat(person).findLast((posted) => (posted.view ?? posted.card) === card) ?? card;
    const inputs: Readonly<Record<string, Record<string, unknown>>> = {
      approve: { how: 'video' },
      deny: { denial: 'I do not know of this.' },
      vouch: { code: code ?? '' },
      'choose-workstation': scene.workstation ? { workstation: scene.workstation.id } : {},
    };
    if (verb === 'show') course.showClicks += 1;
    const answer = await crowd.press(person, at, verb, inputs[verb] ?? {});
    const letters = answer.kind === 'card' ? lettersOf(answer.card) : undefined;
    if (letters && ['approve', 'show-vouch-code'].includes(verb)) code = letters.replace(/\s/g, '');
    if (letters && verb === 'show') {
      course.passesSeen.push(letters);
      usePass.take(letters);
    }
    if (verb === 'show' && !letters && story.leaves) course.left = true;
    return verb;
  }

  async function ask(): Promise<void> {
    const seen = numbersSeen().find((number) => !older.has(number));
    if (seen !== undefined) {
      course.ticket = seen;
      return;
    }
    const form = crowd.newestWith(requester.id, 'send-request', (card) => isFormFor(subject, card));
    if (form) {
      const inputs = inputsFor(scene, form.view ?? form.card);
      await (inputs ? crowd.press(requester.id, form, 'send-request', inputs) : crowd.say(requester.id, 'my tickets'));
      return;
    }
    const other = crowd.newestWith(requester.id, 'ask-other');
    if (!story.words && other) await crowd.press(requester.id, other, 'ask-other');
    else await crowd.say(requester.id, story.words ?? 'hi');
  }

  const says = (person: string): string | undefined => {
    const card = course.ticket && crowd.newestAbout(person, course.ticket);
    return card && standingOn(card);
  };

  /** Who sees nothing new for a while types the number. */
  async function lookAgain(person: string): Promise<void> {
    if (course.ticket === undefined) return;
    const card = JSON.stringify(crowd.newestAbout(person, course.ticket) ?? null);
    const last = lookedAt.get(person);
    const now = clock.now().getTime();
    if (last?.card === card && now - last.at < LOOK_AGAIN_MS) return;
    lookedAt.set(person, { at: now, card });
    if (last?.card === card) await crowd.say(person, course.ticket);
  }

  async function step(): Promise<void> {
    if (course.ticket === undefined) return ask();
    if (story.ending === 'expired') return;
    if (story.ending === 'denied') {
      if (!(await pressFirst(approver.id, ['deny']))) await lookAgain(approver.id);
      return;
    }
    if (story.ending === 'cancelled') {
      if (!(await pressFirst(requester.id, ['cancel']))) await lookAgain(requester.id);
      return;
    }
    const frozen = says(subject.id) === 'frozen';
    if (frozen) {
      for (const { id } of HELPDESK) if (!(await pressFirst(id, ['thaw']))) await lookAgain(id);
      return;
    }
    const wantsCode = code === undefined && story.way !== 'none';
    const decided = await pressFirst(approver.id, wantsCode ? ['approve', 'show-vouch-code'] : ['approve']);
    if (!decided && wantsCode) await lookAgain(approver.id);
    if (story.way === 'none') return lookAgain(requester.id);
    if (story.ending === 'frozen' && course.passesSeen.length > 0) {
      if (!(await pressFirst(subject.id, ['not-me']))) await lookAgain(subject.id);
      return;
    }
    if (await usePass.step()) return lookAgain(recipient.id);
    if (await scene.workstation?.step(() => number())) return;
    const choose = story.way === 'pass' ? 'choose-pass' : 'choose-workstation';
    const looks = story.flow === 'locked-pin' ? ['diagnose'] : ['show', 'prepare-show'];
    const chosen = says(recipient.id) === 'approved' && story.way === 'workstation' ? ['start-job'] : looks;
    const wanted = [...chosen, ...(code === undefined ? [] : ['vouch']), choose];
    const pressed = await pressFirst(recipient.id, story.flow === 'pass' && usePass.used() ? ['finish'] : wanted);
    if (!pressed) await lookAgain(recipient.id);
  }

  /** The number that the chat shows for the workstation. */
  const number = (): string | undefined => {
    const card = course.ticket && crowd.newestAbout(recipient.id, course.ticket);
    return card && lettersOf(card);
  };

  const until = clock.now().getTime() + PATIENCE_MS;
  for (let steps = 1; clock.now().getTime() < until; steps += 1) {
    await step();
    if ((await afterStep?.(course, steps)) === 'stop') break;
    if (course.left) break;
    if (OVER.includes(says(requester.id) ?? '')) {
      course.over = true;
      break;
    }
    course.showsUsedUp = course.showClicks >= 3 && !usePass.used();
    await clock.sleep(story.ending === 'expired' && course.ticket !== undefined ? 15_000 : STEP_MS);
  }
  return course;
}
