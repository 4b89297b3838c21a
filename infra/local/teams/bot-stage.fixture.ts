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

/** How a button was pressed. */
export interface Pressed {
  trigger?: 'automatic' | 'manual';
  /** The id of the group or channel it stands in; default: the person's own chat. */
  group?: string;
}

/** The data of a button. */
export type Clicked = Readonly<Record<string, unknown>> & { verb: string };

/** What an invoke is answered, as far as tests look. */
export interface Invoked {
  statusCode: number;
  type: string;
  value: Record<string, unknown>;
}

/** The bot over HTTP: real tokens, the real botbuilder and teams-ai, and a Teams on loopback. */
export interface Stage {
  teams: TeamsStandIn;
  world: World;
  deps: Deps;
  /** The id of the group or channel of that name. */
  place(name: string): string;
  /** A button of a card that nobody need have been sent. @throws Error where the bot does not answer 200 */
  invoke(who: string, data: Clicked, pressed?: Pressed): Promise<Invoked>;
  close(): Promise<void>;
}

export interface StageOptions {
  groups?: readonly GroupOptions[];
  /** Settings besides those of every stage. */
  settings?: Readonly<Record<string, string>>;
  /** Of the sandbox: instead of what the stand-in says. */
  sandbox?: Readonly<Record<string, string>>;
  /** Teams' clock: milliseconds since 1970. */
  now?: () => number;
  /** How the messenger waits between two tries. */
  pause?: (ms: number) => Promise<void>;
}

export async function openStage({
  groups = [],
  settings: more,
  sandbox: bent,
  now,
  pause,
}: StageOptions = {}): Promise<Stage> {
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
      ...bent,
    }),
  };
  const world = await createWorld({ settings: sandbox, met: false });
  const settings = settingsFor({ ...sandbox, ...more });
  const adapter = createAdapter(settings);
  const { conversations, log } = world.deps;
  const paused = pause ? { pause } : {};
  const messenger = createMessenger({ adapter, settings, conversations, now: world.deps.now, log, ...paused });
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
    async invoke(who, data, { trigger = 'manual', group } = {}) {
      const activity = group === undefined ? teams.activity(who, '') : teams.groups.activity(group, who, '');
      const value = { action: { type: 'Action.Execute', verb: data.verb, data }, trigger };
      const { status, body } = await teams.send({
        ...activity,
        ...{ type: 'invoke', name: 'adaptiveCard/action', value },
      });
      if (status !== 200) throw new Error(`the bot answered ${status}`);
      return body as Invoked;
    },
    async close() {
      await world.rest();
      await served.close();
      await teams.close();
    },
  };
}
