import { type Secret } from '../../agent/protocol/secret';
import { type NamedSecrets } from '../keys/named-secrets';
import { type OuterSettings } from '../outer-settings';
import { type OuterChannel } from '../tickets/outer';
import { type CallerOptions, createCaller } from './call';
import { type Channel } from './channel';
import { type OutwardEvent } from './event-schema';
import { secretMissing } from './faults';
import { createJira } from './jira';
import { createRest, type Rest } from './rest';
import { createServiceNow } from './service-now';
import { createToSystem, type Note } from './to-system';
import { createWebhook } from './webhook';

/** Names of the secrets in the vault. */
export const WEBHOOK_SECRET = 'keyvouch-webhook';
export const SYSTEM_SECRET = 'keyvouch-outer-system';

/** Shorter secrets than this sign nothing. Characters. */
const SECRET_AT_LEAST = 32;

export interface OuterParts extends Pick<CallerOptions, 'sandbox' | 'lookup' | 'callMs'> {
  settings: OuterSettings;
  secrets: NamedSecrets;
  /** What an event is in words, for people who read the ticket system. */
  noteOf: (event: OutwardEvent) => Note | undefined;
  now: () => Date;
}

/** Everybody outside of Teams who is told of tickets. */
export interface Outer {
  channels: readonly Channel[];
  rest(of: OuterChannel): Rest;
  /** Lets go of open connections. */
  close(): Promise<void>;
}

/** Puts together whom the settings name. Nothing is called before the first event. */
export function createOuter({ settings, secrets, noteOf, now, ...options }: OuterParts): Outer {
  const { call, close } = createCaller({ now, ...options });
  const { webhook, system } = settings;

  async function signing() {
    const found = (await secrets.versions(WEBHOOK_SECRET)).filter(
      ({ secret }) => secret.reveal().length >= SECRET_AT_LEAST,
    );
    if (found.length === 0) throw secretMissing(WEBHOOK_SECRET);
    return found;
  }

  async function password(): Promise<Secret> {
    const [newest] = await secrets.versions(SYSTEM_SECRET);
    if (!newest) throw secretMissing(SYSTEM_SECRET);
    return newest.secret;
  }

  const toSystem = (): Channel[] => {
    if (!system) return [];
    const { kind: name, names, texts } = system;
    const there =
      system.kind === 'jira'
        ? createJira({ settings: system, call, secret: password })
        : createServiceNow({ settings: system, call, secret: password, now });
    return [createToSystem({ name, system: there, noteOf, names, texts })];
  };

  const channels = [
    ...(webhook ? [createWebhook({ settings: webhook, call, secrets: signing, now })] : []),
    ...toSystem(),
  ];
  const rests = new Map<OuterChannel, Rest>();
  return {
    channels,
    rest(of) {
      const rest = rests.get(of) ?? createRest(now);
      rests.set(of, rest);
      return rest;
    },
    close,
  };
}
