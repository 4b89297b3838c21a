import { type Locator } from 'playwright-core';
import { type Chat, readingOf } from './chat';
import { eventually } from './eventually';

const SHORT_ID = /KV-[0-9A-Z]{4}-[0-9A-Z]{2}/;

/** The first match in what can be read there. @throws Error with all of it */
export async function find(place: Locator, pattern: RegExp): Promise<string> {
  const text = await readingOf(place);
  const found = pattern.exec(text);
  if (!found) throw new Error(`there is no ${String(pattern)} in:\n${text}`);
  return found[1] ?? found[0];
}

/** Asks for a key for oneself. @returns the ticket's number */
export async function askForKey(chat: Chat, reason: string): Promise<string> {
  const { buttons, request, progress } = chat.person.words;
  await chat.say('hi');
  await chat.press(buttons.ask);
  await chat.fill(request.reason, reason);
  await chat.press(buttons['send-request']);
  return find(await chat.reads(progress.waiting.title, { text: reason }), SHORT_ID);
}

/** The approver's card of a ticket, while it can be decided. */
export async function approvalOf(chat: Chat, ticket: string): Promise<Locator> {
  const card = chat.message({ text: ticket, button: chat.person.words.buttons.approve });
  await card.waitFor();
  return card;
}

/** Approves and reads the code that is to be passed on. @returns six digits */
export async function approve(chat: Chat, ticket: string): Promise<string> {
  const { words } = chat.person;
  const card = await approvalOf(chat, ticket);
  await card.getByRole('radio', { name: words.recognitions.video }).check();
  await chat.press(words.buttons.approve, card);
  return vouchCodeIn(chat, ticket);
}

/** Reads the code off the approver's card, which shows it when asked. @returns six digits */
export function vouchCodeIn(chat: Chat, ticket: string): Promise<string> {
  const { buttons, vouchCode } = chat.person.words;
  const about = chat.message({ text: ticket });
  const shown = about.filter({ hasText: vouchCode.never }).or(about.filter({ hasText: vouchCode.neverPass }));
  const show = chat.message({ text: ticket, button: buttons['show-vouch-code'] });
  return eventually('the vouch code', async () => {
    const [text] = await shown.allInnerTexts();
    const code = text === undefined ? undefined : /\b(\d{3}) (\d{3})\b/.exec(text);
    if (code) return `${code[1] ?? ''}${code[2] ?? ''}`;
    // The card may be drawn anew just now.
    if ((await show.count()) > 0)
      await show
        .getByRole('button', { name: buttons['show-vouch-code'] })
        .click({ timeout: 2000 })
        .catch(() => undefined);
    return undefined;
  });
}

/** Types the code that the approver has passed on; again where the card was drawn anew under the typing hand. */
export async function typeCode(chat: Chat, code: string): Promise<void> {
  const { buttons, progress } = chat.person.words;
  await eventually('the code to be sent', async () => {
    await chat.fill(progress.vouch.label, code);
    await chat.press(buttons.vouch);
    return !(await chat.column.getByText(progress.vouch.invalid, { exact: true }).isVisible());
  });
}

/** Prepares and shows a pass. @param title Of the card that shows it; the pass is the next line. */
export async function showPass(chat: Chat, title: string): Promise<string> {
  const { buttons } = chat.person.words;
  await chat.press(buttons['prepare-show']);
  await chat.press(buttons.show);
  const card = await chat.reads(title, { button: buttons.hide });
  return find(card, new RegExp(`${title}\\s+(\\S{8,48})\\s`));
}

/** Ends what a test has begun, so that the next one may ask for the same person. */
export async function cancel(chat: Chat, ticket: string): Promise<void> {
  const { buttons, progress } = chat.person.words;
  await chat.say(ticket);
  const card = chat.message({ text: ticket, button: buttons.cancel_ });
  await chat.press(buttons.cancel_, card);
  await chat.press(buttons.cancel, card);
  await chat.reads(progress.cancelled.title, { text: ticket });
}
