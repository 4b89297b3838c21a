import { type GroupOptions, type PersonOptions, startTeams, type TeamsStandIn } from './index';
import { type Deps } from '../../../bot/service';
import { createWorld, settingsFor, TENANT, WHO, type World } from '../../../bot/service/testing/world';
import { createAdapter } from '../../../bot/teams/adapter';
import { createBot } from '../../../bot/teams/bot';
import { createMessenger } from '../../../bot/teams/messenger';
import { serve } from '../../../bot/teams/testing/serve';

export const APP = '0b2c4d6e-0000-4000-8000-00000000a001';
export const GUEST = '99999999-9999-4999-8999-000000000001';
export const STRANGER = '99999999-9999-4999-8999-999999999999';
const OTHER_TENANT = '7a0e1e0c-0000-4000-8000-000000000009';

/** Everybody of the world in one Teams, with a guest of this tenant and a stranger of another. */
const PEOPLE: readonly PersonOptions[] = [
  ...(['ada', 'bob', 'carol', 'helen', 'hugo', 'mallory'] as const).map((key) => ({
    aadObjectId: WHO[key],
    name: key.charAt(0).toUpperCase() + key.slice(1),
  })),
  { aadObjectId: GUEST, name: 'Guest', role: 'guest' },
  { aadObjectId: STRANGER, name: 'Stranger', tenantId: OTHER_TENANT },
];

/** The bot over HTTP: real tokens, the real botbuilder and teams-ai, and a Teams on loopback. */
export interface Stage {
  teams: TeamsStandIn;
  world: World;
  deps: Deps;
  /** The id of the group or channel of that name. */
  place(name: string): string;
  close(): Promise<void>;
}

export async function openStage(
  groups: readonly GroupOptions[] = [],
  more: Readonly<Record<string, string>> = {},
  now?: () => number,
): Promise<Stage> {
  const teams = await startTeams({
    ...{ appId: APP, tenantId: TENANT, deadlineMs: 10_000, people: PEOPLE, groups },
    ...(now && { now }),
  });
  const { bot: b } = teams;
  const sandbox = {
    KEYVOUCH_SANDBOX: JSON.stringify({
      openIdMetadata: b.ToBotFromChannelOpenIdMetadataUrl,
      tokenIssuer: b.ToBotFromChannelTokenIssuer,
      botLoginUrl: b.ToChannelFromBotLoginUrl,
      botOAuthScope: b.ToChannelFromBotOAuthScope,
      botPassword: b.MicrosoftAppPassword,
      loginUrl: 'https://127.0.0.1:1',
      graphUrl: 'https://127.0.0.1:1',
      ...{ clientId: 'c', clientSecret: 's', tablesConnection: 't', keyFile: 'k' },
    }),
  };
  const world = await createWorld({ settings: sandbox, met: false });
  const settings = settingsFor({ ...sandbox, ...more });
  const adapter = createAdapter(settings);
  const { conversations, log } = world.deps;
  const messenger = createMessenger({ adapter, settings, conversations, now: world.deps.now, log });
  const deps: Deps = { ...world.deps, settings, messenger };
  // What the world's own hands do goes out to the same Teams.
  Object.assign(world.deps, { messenger, settings });
  const served = await serve(createBot(adapter, deps));
  teams.setBotUrl(served.url);
  return {
    teams,
    world,
    deps,
    place: (name) => {
      const group = teams.groups.all().find((one) => one.name === name);
      if (!group) throw new Error(`no conversation is called ${name}`);
      return group.id;
    },
    async close() {
      await world.rest();
      await served.close();
      await teams.close();
    },
  };
}
