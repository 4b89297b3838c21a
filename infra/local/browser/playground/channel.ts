import { type Locator, type Page } from 'playwright-core';
import { loosely } from '../chat';

/** A channel in a person's Playground, and the search of the app's message extension. */
export interface Channel {
  /** Posts `@Keyvouch` and these words. */
  mention(words: string): Promise<void>;
  /** What stands in the middle of the window: the conversation, without the log beside it. */
  place: Locator;
  reads(text: string): Promise<void>;
  /** Searches by the message extension. @returns the results as they are listed */
  search(command: string, parameter: string, text: string): Promise<Locator>;
}

export async function openChannel(page: Page, name: string): Promise<Channel> {
  await page.getByText(name, { exact: true }).first().click();
  const post = page.getByRole('button', { name: 'Post', exact: true });
  await post.waitFor();
  const editor = page.locator('[role=textbox][contenteditable=true]').first();
  return {
    place: page.locator('body'),
    async mention(words) {
      await editor.click();
      await page.keyboard.type('@');
      await page.getByRole('menuitem', { name: 'Keyvouch' }).click();
      await page.keyboard.type(` ${words}`);
      await post.click();
    },
    reads: (text) => page.getByText(loosely(text)).last().waitFor(),
    async search(command, parameter, text) {
      await page.getByRole('button', { name: 'Trigger Message Extension App' }).first().click();
      await page.getByRole('menuitem', { name: 'Search Command' }).click();
      await page.getByText('Specify Command ID or Parameter').click();
      await page.getByPlaceholder('Command ID').fill(command);
      await page.getByPlaceholder('Parameter name').fill(parameter);
      await page.getByPlaceholder('Enter a search term').fill(text);
      return page.getByText('Search-Based Message Extension').locator('xpath=../..');
    },
  };
}
