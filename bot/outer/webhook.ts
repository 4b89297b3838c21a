import { z } from 'zod';
import { type WebhookSettings } from '../outer-settings';
import { isOuterLink, isOuterNumber, LINK_AT_MOST, NUMBER_AT_MOST, type OuterNumber } from '../tickets/outer';
import { type Caller, type Reply } from './call';
import { type Channel } from './channel';
import { signatureOf, type SigningSecret } from './signature';

/** What a receiver may answer: its own number of the ticket. Anything else in the answer is ignored. */
const Answer = z.object({
  number: z.string().max(NUMBER_AT_MOST).refine(isOuterNumber),
  url: z.string().max(LINK_AT_MOST).refine(isOuterLink).optional().catch(undefined),
});

/** The number in an answer, where there is a proper one. A receiver may just as well answer with nothing. */
function numberIn({ text }: Reply): OuterNumber | undefined {
  try {
    const { data } = Answer.safeParse(JSON.parse(text ?? ''));
    return data && { number: data.number, ...(data.url !== undefined && { url: data.url }) };
  } catch {
    return undefined;
  }
}

export interface WebhookParts {
  settings: WebhookSettings;
  call: Caller;
  /** The secrets that sign now: one, or two while they change. */
  secrets: () => Promise<readonly SigningSecret[]>;
  now: () => Date;
}

/** Tells each event as one signed POST. Any 2xx means that it was taken. */
export function createWebhook({ settings, call, secrets, now }: WebhookParts): Channel {
  return {
    name: 'webhook',
    names: settings.names,
    texts: settings.texts,
    settlesAfterMs: 0,
    async tell(event) {
      const body = JSON.stringify(event);
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'keyvouch-event': event.type,
        'keyvouch-event-id': event.id,
        'keyvouch-signature': signatureOf(body, await secrets(), now()),
      };
      const number = numberIn(await call({ method: 'POST', url: settings.url, headers, body }));
      return number ? { number } : {};
    },
  };
}
