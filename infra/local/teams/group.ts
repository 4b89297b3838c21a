import { createHash } from 'node:crypto';

/** A group chat or a channel as the caller of `startTeams` gives one. */
export interface GroupOptions {
  name: string;
  kind: 'group-chat' | 'channel';
  /** Of a channel. Default: the channel's own name. */
  team?: string;
  /** Entra object ids of those who are in it; of a channel: of its team. */
  members: readonly string[];
  /** Whether the bot is in it from the start. Default true; no activity is sent for it, see `addBot`. */
  bot?: boolean;
}

/** A conversation of several people. `id` is the conversation's id, which is also its id in this stand-in's API. */
export interface TeamsGroup {
  readonly id: string;
  readonly name: string;
  readonly kind: 'group-chat' | 'channel';
  readonly team: { readonly id: string; readonly name: string } | undefined;
  /** Entra object ids. */
  members: readonly string[];
  bot: boolean;
}

const derive = (...parts: string[]): string => createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 32);

/** Ids are derived, not random, so that stored references outlive a restart. */
export function teamsGroup({ name, kind, team, members, bot = true }: GroupOptions, tenantId: string): TeamsGroup {
  const inTeam = kind === 'channel' ? (team ?? name) : undefined;
  return {
    id: `19:${derive(tenantId, kind, team ?? '', name)}@thread.${kind === 'channel' ? 'tacv2' : 'v2'}`,
    name,
    kind,
    team:
      inTeam === undefined ? undefined : { id: `19:${derive(tenantId, 'team', inTeam)}@thread.tacv2`, name: inTeam },
    members: [...members],
    bot,
  };
}

/** The conversation's id without the thread that a channel's activities name too. */
export function groupIdOf(conversationId: string): string {
  return conversationId.split(';messageid=')[0] ?? conversationId;
}

export function threadOf(conversationId: string): string | undefined {
  return conversationId.split(';messageid=')[1];
}
