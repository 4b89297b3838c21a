import { type Browser, type Page } from 'playwright-core';
import { loosely, readingOf } from '../chat';
import { eventually, PATIENCE_MS } from '../eventually';
import { type Playground } from './process';

/** One person's Playground in a browser. */
export interface Screen {
  readonly page: Page;
  say(text: string): Promise<void>;
  /** Presses the newest button of this name. */
  press(title: string): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  choose(option: string): Promise<void>;
  /** Waits until this stands in the chat. */
  reads(text: string): Promise<void>;
  /** Waits until this stands there, and gives what the pattern's group has. `meanwhile`: what may have to be pressed. */
  reading(what: string, pattern: RegExp, meanwhile?: string): Promise<string>;
}

export async function openScreen(browser: Browser, playground: Playground): Promise<Screen> {
  const context = await browser.newContext({ viewport: { width: 1300, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  // Fonts and decoration from afar; without them it looks plainer.
  await page.route(/res-1\.cdn\.office\.net/, (route) => route.abort());
  await page.goto(playground.url);
  const field = page.locator('[role=textbox][contenteditable=true]');
  const newest = (title: string) => page.getByRole('button', { name: title, exact: true }).last();
  await field.waitFor();

  return {
    page,
    async say(text) {
      await field.fill(text);
      await page.getByRole('button', { name: 'Send Message' }).click();
    },
    press: (title) => newest(title).click(),
    fill: (label, text) => page.getByLabel(label).last().fill(text),
    choose: (option) => page.getByRole('radio', { name: option }).last().check(),
    reads: (text) => page.getByText(loosely(text)).last().waitFor(),
    reading: (what, pattern, meanwhile) =>
      eventually(what, async () => {
        const found = pattern.exec(await readingOf(page.locator('body')))?.[1];
        if (found !== undefined || meanwhile === undefined) return found;
        if (await newest(meanwhile).isVisible())
          await newest(meanwhile)
            .click({ timeout: 2000 })
            .catch(() => undefined);
        return undefined;
      }),
  };
}
