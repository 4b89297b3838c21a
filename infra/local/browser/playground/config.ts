import { northwindHarbour } from '../../entra';

/** Who is in a Playground: one person at the screen, and exactly five more. */
interface User {
  id: string;
  name: string;
  /** Spelled as the Playground's own schema does. */
  userPrincipleName: string;
  aadObjectId: string;
  givenName: string;
  surname: string;
  email: string;
}

const OTHERS = 5;

function userOf({ id, displayName, userPrincipalName, givenName, surname }: (typeof PEOPLE)[number]): User {
  return {
    id: `29:${id}`,
    name: displayName,
    userPrincipleName: userPrincipalName,
    aadObjectId: id,
    givenName: givenName ?? displayName,
    surname: surname ?? '',
    email: userPrincipalName,
  };
}

const PEOPLE = northwindHarbour.people ?? [];

/**
 * The content of `.m365agentsplayground.yml` for one person (a JSON text is YAML too). The ids are those of the
 * directory, so that whoever types there is somebody whom Entra knows.
 */
export function playgroundConfig(options: { person: string; tenantId: string; botId: string }): string {
  const users = PEOPLE.map(userOf);
  const currentUser = users.find(({ aadObjectId }) => aadObjectId === options.person);
  if (!currentUser) throw new Error(`${options.person} is not in the directory`);
  const others = users.filter((user) => user !== currentUser).slice(0, OTHERS);
  const chat = (name: string) => `19:${options.person}-${name}`;
  return JSON.stringify(
    {
      version: '0.1.1',
      tenantId: options.tenantId,
      bot: { id: options.botId, name: 'Keyvouch' },
      currentUser,
      users: others,
      personalChat: { id: chat('personal') },
      groupChat: { id: chat('group'), name: 'Group chat' },
      team: {
        id: chat('team'),
        name: 'Team',
        aadGroupId: options.tenantId,
        channels: [{ id: chat('channel'), name: 'Announcements' }],
      },
    },
    null,
    2,
  );
}
