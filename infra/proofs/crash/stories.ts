import { people } from '../../local/entra';
import { persistentlyLockedPin } from '../../local/play/persistent-locked-pin';
import { persistentlyLostKey } from '../../local/play/persistent-lost-key';
import {
  type Course,
  persistentlyAtWorkstation,
  persistentlyByPass,
  type Roles,
} from '../../local/play/persistent-onboarding';

/** The stories whose places are counted. */
export const COUNTED = ['pass', 'workstation', 'on-behalf', 'lost-key', 'locked-pin'] as const;
export type StoryName = (typeof COUNTED)[number] | 'walks-away';

interface Story {
  way: 'pass' | 'workstation';
  roles: Omit<Roles, 'key' | 'pin'>;
  play: (stage: Parameters<typeof persistentlyByPass>[0]) => Promise<Course>;
}

const own = { requester: people.sean, subject: people.sean, recipient: people.sean, approver: people.mara };

/** Flow 1 on its ways, and the flows that take a key away: who plays, and how. */
export const STORY: Readonly<Record<StoryName, Story>> = {
  pass: { way: 'pass', roles: own, play: persistentlyByPass },
  workstation: { way: 'workstation', roles: own, play: persistentlyAtWorkstation },
  // As `pass`, but whoever presses Show in vain goes away: then nobody's next Show ends a pass that nobody saw.
  'walks-away': { way: 'pass', roles: { ...own, walksAway: true }, play: persistentlyByPass },
  // Ada is not in Teams yet: her manager asks, the helpdesk hands over, the manager's manager approves.
  'on-behalf': {
    way: 'pass',
    roles: { requester: people.mara, subject: people.ada, recipient: people.jonas, approver: people.viktor },
    play: persistentlyByPass,
  },
  'lost-key': { way: 'pass', roles: own, play: persistentlyLostKey },
  'locked-pin': { way: 'workstation', roles: own, play: persistentlyLockedPin },
};

/** Who has the app in a story: those who play, but for a subject on whose behalf somebody asked. */
export function playersOf({ roles }: Story): string[] {
  const { requester, recipient, approver } = roles;
  return [...new Set([requester.id, recipient.id, approver.id])];
}
