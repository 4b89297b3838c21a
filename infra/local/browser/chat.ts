import { type Locator, type Page } from 'playwright-core';
import { type Person } from './cast';
import { eventually } from './eventually';

const UNSEEN = /[\u2060\u2066-\u2069]/g;

/** What can be read there, without the invisible characters that keep names from running into our words. */
export async function readingOf(place: Locator): Promise<string> {
  return (await place.innerText()).replace(UNSEEN, '').replace(/\u00A0/g, ' ');
}

/** Finds words where a card has put invisible characters around what was filled in. */
export function loosely(text: string): RegExp {
  const between = '[\\s\\u2060\\u2066-\\u2069]*';
  const words = text.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(words.join(between));
}

/** One person's chat with Keyvouch, used as that person would. */
export interface Chat {
  readonly person: Person;
  /** The whole column. */
  readonly column: Locator;
  /** The newest message that has all of this in it: words, or a button. */
  message(holds: { text?: string; button?: string }): Locator;
  /** Writes a line and waits for the answer. */
  say(text: string): Promise<void>;
  /** Presses a button: in this message, or else the newest of that name. */
  press(title: string, place?: Locator): Promise<void>;
  /** Types into the newest field with this label. */
  fill(label: string, text: string): Promise<void>;
  /** Waits for a message in which this stands. */
  reads(text: string, also?: { text?: string; button?: string }): Promise<Locator>;
  /** Gives what stands in the chat now. */
  all(): Promise<string>;
}

/** @param place In which of the three columns; another person may have been shown there. */
export async function chatOf(page: Page, place: 1 | 2 | 3, person: Person): Promise<Chat> {
  await page.getByLabel(`Chat ${place}: whose chat`).selectOption(person.id);
  const column = page.getByRole('region', { name: person.name, exact: true });
  const items = column.getByRole('listitem');

  const messages = ({ text, button }: { text?: string; button?: string }) => {
    const withText = text === undefined ? items : items.filter({ hasText: loosely(text) });
    const has = page.getByRole('button', { name: button ?? '', exact: true });
    return button === undefined ? withText : withText.filter({ has });
  };

  return {
    person,
    column,
    message: (holds) => messages(holds).last(),
    async say(text) {
      const written = items.filter({ hasNot: page.getByRole('button') });
      const before = await written.count();
      await column.getByRole('textbox', { name: 'Message Keyvouch' }).fill(text);
      await column.getByRole('button', { name: 'Send', exact: true }).click();
      // Every answer is a card with buttons; what people write has none.
      const answer = items.last().getByRole('button');
      await eventually(
        `an answer to "${text}"`,
        async () => (await written.count()) > before && (await answer.count()) > 0,
      );
    },
    press: (title, where = column) => where.getByRole('button', { name: title, exact: true }).last().click(),
    fill: (label, text) => column.getByLabel(label).last().fill(text),
    async reads(text, also = {}) {
      const found = messages(also)
        .filter({ hasText: loosely(text) })
        .last();
      await found.waitFor();
      return found;
    },
    all: () => readingOf(column),
  };
}
