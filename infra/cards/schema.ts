import { createRequire } from 'node:module';
import type * as Library from 'adaptivecards';

import { BUTTONS_AT_MOST } from './button-rules';

/** The library's ES modules do not load in Node; its bundle does, and has no types of its own. */
const library = createRequire(__filename)('adaptivecards/dist/adaptivecards.js') as typeof Library;

/**
 * What the adaptivecards library, whose rules Teams follows, has to say against a card. `lang` is left out: the library
 * checks it with a regular expression that remembers where it stopped, and so refuses every second card.
 */
export function schemaBreaches(card: object): string[] {
  const context = new library.SerializationContext(library.Versions.v1_5);
  const parsed = new library.AdaptiveCard();
  parsed.hostConfig = new library.HostConfig({ actions: { maxActions: BUTTONS_AT_MOST } });
  parsed.parse({ ...card, lang: undefined }, context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}
