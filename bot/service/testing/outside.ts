import { outerNote, wordsFor } from '../../../cards';
import { Secret } from '../../../agent/protocol/secret';
import { createOuter, type Outer, SYSTEM_SECRET, WEBHOOK_SECRET } from '../../outer';
import { type OuterSettings } from '../../outer-settings';
import { type MemoryStoreOptions } from './memory-store';
import { createWorld, type World } from './world';

export const CANARY_WEBHOOK = 'CANARY-WEBHOOK-SECRET-of-32-letters';
export const CANARY_SYSTEM = 'CANARY-SYSTEM-PASSWORD';

/** So long a stand-in is waited for. Milliseconds. */
const CALL_MS = 2000;

/** What the product's settings say in tests: addresses of the world outside, which stand-ins take the place of. */
const OUTSIDE = {
  webhook: { url: 'https://receiver.example/hook' },
  servicenow: { kind: 'servicenow', url: 'https://contoso.service-now.example', user: 'keyvouch' },
  jira: { kind: 'jira', url: 'https://contoso.atlassian.example', user: 'keyvouch@contoso.example', project: 'IT' },
};

export interface Outside extends World {
  outer: Outer;
  close(): Promise<void>;
}

/** A world whose tickets are told outside: `there` are the addresses of the stand-ins. */
export async function createOutside(
  there: { webhook?: string; servicenow?: string; jira?: string },
  options: Pick<MemoryStoreOptions, 'before' | 'after'> & { texts?: boolean } = {},
): Promise<Outside> {
  const { texts = false, ...hooks } = options;
  const kind = there.servicenow !== undefined ? ('servicenow' as const) : ('jira' as const);
  const system = there.servicenow ?? there.jira;
  const said = {
    ...(there.webhook !== undefined && { webhook: { ...OUTSIDE.webhook, texts } }),
    ...(system !== undefined && { system: OUTSIDE[kind] }),
  };
  const world = await createWorld({ ...hooks, settings: { KEYVOUCH_OUTER: JSON.stringify(said) } });
  const settings = world.deps.settings.outer;
  if (!settings) throw new Error('nobody outside is set up');
  const here: OuterSettings = {
    ...settings,
    ...(settings.webhook && { webhook: { ...settings.webhook, url: `${there.webhook ?? ''}/hook` } }),
    ...(settings.system && { system: { ...settings.system, url: system ?? '' } }),
  };
  const make = () =>
    createOuter({
      settings: here,
      secrets: {
        versions: (name) => {
          const text = name === WEBHOOK_SECRET ? CANARY_WEBHOOK : name === SYSTEM_SECRET ? CANARY_SYSTEM : undefined;
          return Promise.resolve(text === undefined ? [] : [{ kid: 'k1', secret: new Secret(text) }]);
        },
      },
      noteOf: (event) => outerNote(event, wordsFor('en')),
      now: world.deps.now,
      sandbox: true,
      callMs: CALL_MS,
    });
  const [outer, second] = [make(), make()];
  world.deps.outer = outer;
  world.other.outer = second;
  return {
    ...world,
    outer,
    async close() {
      await world.rest();
      await Promise.all([outer.close(), second.close()]);
    },
  };
}
