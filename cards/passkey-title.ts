import { type Passkey } from '../bot/tickets/ticket';
import { fill } from './fill';
import { choice } from './plain';
import { type Words } from './words/en';

/** A day in words. A list of choices has no place for Teams' own dates, which follow the reader's time zone. */
function day(at: string, { lang }: Words): string {
  const locale = lang === 'en' ? 'en-GB' : lang;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at));
}

/** A passkey of an account in one line of a list: its name, its model, and since when it is there. */
export function passkeyTitle({ name, model, createdAt }: Passkey, words: Words): string {
  const say = words.request;
  const key = model ? fill(say.passkey, { name: choice(name, 40), model: choice(model, 50) }) : choice(name, 60);
  return createdAt ? fill(say.passkeyAdded, { key, when: day(createdAt, words) }) : key;
}
