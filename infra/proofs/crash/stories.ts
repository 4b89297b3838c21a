import { people } from '../../local/entra';
import {
  type Course,
  persistentlyAtWorkstation,
  persistentlyByPass,
  type Roles,
} from '../../local/play/persistent-onboarding';

export const STORIES = ['pass', 'workstation', 'on-behalf'] as const;
export type StoryName = (typeof STORIES)[number];

interface Story {
  way: 'pass' | 'workstation';
  roles: Omit<Roles, 'key' | 'pin'>;
  play: (stage: Parameters<typeof persistentlyByPass>[0]) => Promise<Course>;
}

const own = { requester: people.sean, subject: people.sean, recipient: people.sean, approver: people.mara };

/** Flow 1 on its ways: who plays, and how. */
export const STORY: Readonly<Record<StoryName, Story>> = {
  pass: { way: 'pass', roles: own, play: persistentlyByPass },
  workstation: { way: 'workstation', roles: own, play: persistentlyAtWorkstation },
  // Ada is not in Teams yet: her manager asks, the helpdesk hands over, the manager's manager approves.
  'on-behalf': {
    way: 'pass',
    roles: { requester: people.mara, subject: people.ada, recipient: people.jonas, approver: people.viktor },
    play: persistentlyByPass,
  },
};

/** Who has the app in a story: those who play, but for a subject on whose behalf somebody asked. */
export function playersOf({ roles }: Story): string[] {
  const { requester, recipient, approver } = roles;
  return [...new Set([requester.id, recipient.id, approver.id])];
}
