import { type Flow, FLOWS } from '../../../../bot/tickets/ticket';
import { people } from '../../../local/entra';

interface Who {
  id: string;
  upn: string;
}

export type Ending = 'done' | 'denied' | 'cancelled' | 'expired' | 'frozen';

/** Who plays what in a story, and how it is meant to end. */
export interface Story {
  name: string;
  flow: Flow;
  way: 'pass' | 'workstation' | 'none';
  ending: Ending;
  requester: Who;
  subject: Who;
  /** Who receives in chat: the subject, or the hander. */
  recipient: Who;
  approver: Who;
  /** How many keys the subject has before it begins; the first is the one that is lost or given back. */
  keys: number;
  /** The words that bring the form; undefined: asked for somebody else. */
  words?: string;
  /** The recipient goes away for good where pressing Show brings no pass. */
  leaves?: true;
  /** Further settings of the product. */
  settings?: Readonly<Record<string, string>>;
}

const { sean, mara, ada, jonas, suki, viktor } = people;
const own = { requester: sean, subject: sean, recipient: sean, approver: mara };
/** Ada is not in Teams: her manager asks, the helpdesk hands over, the manager's manager approves. */
const onBehalf = { requester: mara, subject: ada, recipient: suki, approver: viktor };

/** Nobody decides: reminded, asked of the next circle, over. In minutes. */
const SHORT_RULE = { remindAfter: 5, widenAfter: 10, expireAfter: 30 };

export const HELPDESK: readonly Who[] = [jonas, suki];

const ONE_EACH: readonly Story[] = [
  {
    name: 'onboarding by pass',
    flow: 'onboarding',
    way: 'pass',
    ending: 'done',
    ...own,
    keys: 0,
    words: 'security key',
  },
  {
    ...{ name: 'onboarding at a workstation', flow: 'onboarding', way: 'workstation', ending: 'done' },
    ...{ ...own, keys: 0, words: 'security key' },
  },
  { name: 'onboarding on behalf', flow: 'onboarding', way: 'pass', ending: 'done', ...onBehalf, keys: 0 },
  { name: 'lost key by pass', flow: 'lost-key', way: 'pass', ending: 'done', ...own, keys: 1, words: 'i lost my key' },
  {
    ...{ name: 'lost key at a workstation', flow: 'lost-key', way: 'workstation', ending: 'done' },
    ...{ ...own, keys: 1, words: 'i lost my key' },
  },
  // Another strong way remains, so that the lost one goes at once.
  { name: 'lost key of two', flow: 'lost-key', way: 'pass', ending: 'done', ...own, keys: 2, words: 'i lost my key' },
  // One of two: exactly the passkey on the locked key goes.
  {
    ...{ name: 'locked key', flow: 'locked-pin', way: 'workstation', ending: 'done' },
    ...{ ...own, keys: 2, words: 'my key is locked' },
  },
  { name: 'spare key by pass', flow: 'spare-key', way: 'pass', ending: 'done', ...own, keys: 1, words: 'spare key' },
  { name: 'pass only', flow: 'pass', way: 'pass', ending: 'done', ...own, keys: 1, words: 'temporary pass' },
  {
    ...{ name: 'returned keys', flow: 'return-key', way: 'none', ending: 'done' },
    ...{ requester: jonas, subject: sean, recipient: sean, approver: mara, keys: 2 },
  },
];

/** Then nobody's next Show ends a pass that nobody saw. */
export const WALKS_AWAY: Story = {
  ...{ name: 'walks away', flow: 'onboarding', way: 'pass', ending: 'done' },
  ...{ ...own, keys: 0, words: 'security key', leaves: true },
};

const ENDED_OTHERWISE: readonly Story[] = [
  { name: 'denied', flow: 'onboarding', way: 'pass', ending: 'denied', ...own, keys: 0, words: 'security key' },
  { name: 'cancelled', flow: 'lost-key', way: 'pass', ending: 'cancelled', ...own, keys: 1, words: 'i lost my key' },
  {
    ...{ name: 'expired', flow: 'spare-key', way: 'pass', ending: 'expired', ...own, keys: 1, words: 'spare key' },
    settings: { KEYVOUCH_RULES: JSON.stringify({ 'spare-key': SHORT_RULE }) },
  },
  { name: 'frozen', flow: 'pass', way: 'pass', ending: 'frozen', ...own, keys: 1, words: 'temporary pass' },
  {
    name: 'frozen, lost key',
    flow: 'lost-key',
    way: 'pass',
    ending: 'frozen',
    ...own,
    keys: 1,
    words: 'i lost my key',
  },
];

/** Every flow on its ways, and every end. */
export const STORIES: readonly Story[] = [...ONE_EACH, WALKS_AWAY, ...ENDED_OTHERWISE];

/** @throws Error where there is none of that name */
export function storyCalled(name: string): Story {
  const story = STORIES.find((one) => one.name === name);
  if (!story) throw new Error(`there is no story "${name}"`);
  return story;
}

/** Flows that nobody plays. */
export const FORGOTTEN: readonly Flow[] = FLOWS.filter((flow) => !STORIES.some((story) => story.flow === flow));

/** Who has cards of a story's ticket. */
export function playersOf({ requester, subject, recipient, approver }: Story): Who[] {
  const all = [requester, subject, recipient, approver];
  return all.filter((one, at) => all.findIndex(({ id }) => id === one.id) === at);
}
