import { type Locator, type Page } from 'playwright-core';
import { loosely } from './chat';
import { eventually } from './eventually';
import { type Person } from './cast';

/** A conversation of several, in one person's column. */
export interface GroupView {
  readonly person: Person;
  /** Writes a line. */
  say(text: string): Promise<void>;
  /** The newest message in which this stands. */
  reads(text: string): Promise<Locator>;
  press(title: string, place?: Locator): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  /** Searches by the app's button beside the message box, and puts the one result in which this stands there. */
  choose(kind: 'Requests' | 'People', typed: string, result: string): Promise<void>;
  /** What a search says where it finds nothing. */
  finds(kind: 'Requests' | 'People', typed: string): Promise<string>;
  messages(): Locator;
}

/** @param column in which of the three; `name` as its button says: `# Helpdesk` */
export async function groupOf(page: Page, column: 1 | 2 | 3, person: Person, name: string): Promise<GroupView> {
  await page.getByLabel(`Chat ${column}: whose chat`).selectOption(person.id);
  const place = page.getByRole('region', { name: person.name, exact: true });
  await place
    .getByRole('group', { name: `Conversations of ${person.name}` })
    .getByRole('button', { name })
    .click();
  const items = place.getByRole('region', { name: `Chat ${column}: messages` }).getByRole('listitem');

  const search = async (kind: string, typed: string): Promise<Locator> => {
    const panel = place.getByRole('search');
    if (!(await panel.isVisible())) await place.getByRole('button', { name: 'Search Keyvouch' }).click();
    await panel.getByLabel('What to search for').selectOption(kind);
    await panel.getByRole('searchbox').fill(typed);
    return panel;
  };

  return {
    person,
    async say(text) {
      await place.getByRole('textbox', { name: `Message ${name}` }).fill(text);
      await place.getByRole('button', { name: 'Send', exact: true }).click();
    },
    async reads(text) {
      const found = items.filter({ hasText: loosely(text) }).last();
      await found.waitFor();
      return found;
    },
    press: (title, where = items.last()) => where.getByRole('button', { name: title, exact: true }).last().click(),
    fill: (label, text) => items.getByRole('textbox', { name: label }).last().fill(text),
    async choose(kind, typed, result) {
      const panel = await search(kind, typed);
      await panel
        .getByRole('listitem')
        .filter({ hasText: loosely(result) })
        .getByRole('button')
        .click();
      await panel.waitFor({ state: 'hidden' });
    },
    async finds(kind, typed) {
      const panel = await search(kind, typed);
      return eventually('what the search says', async () => {
        const said = await panel.getByRole('status').innerText();
        return said === '' || said === 'Searching…' ? undefined : said;
      });
    },
    messages: () => items,
  };
}
