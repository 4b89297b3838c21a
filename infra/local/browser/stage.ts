import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { PATIENCE_MS } from './eventually';
import { type Tenant } from './tenant';

/** What a test has at hand. */
export interface Stage {
  readonly tenant: Tenant;
  /** A window of its own on the sandbox's page, drawn and ready. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Keeps a picture for the README, in a run that makes them. */
  picture(page: Page, name: string, look?: { colours?: 'light' | 'dark' }): Promise<void>;
}

export interface TestCase {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

/** The windows of one test, and what went wrong in them unasked. */
export interface Windows {
  open: Stage['open'];
  /** Errors of the page's own scripts, and requests that would have left this machine. */
  complaints(): readonly string[];
  /** Pictures of all windows as they are, for whoever looks into a failure. */
  photograph(file: (index: number) => string): Promise<string[]>;
  close(): Promise<void>;
}

/** As wide as a usual screen: all chats side by side, and the desk. */
const WIDE = { width: 1600, height: 1000 };

export function createWindows(browser: Browser, url: string): Windows {
  const pages: Page[] = [];
  const complaints: string[] = [];
  return {
    complaints: () => complaints,
    async open(options = {}) {
      const context = await browser.newContext({ viewport: WIDE, colorScheme: 'light', locale: 'en-GB', ...options });
      const page = await context.newPage();
      pages.push(page);
      page.setDefaultTimeout(PATIENCE_MS);
      page.on('pageerror', (error) => complaints.push(`the page threw ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`the page's console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== new URL(url).origin) complaints.push(`a request to ${origin}`);
      });
      await page.goto(url);
      await page.getByRole('main').waitFor();
      return page;
    },
    photograph: (file) =>
      Promise.all(
        pages.map(async (page, index) => {
          await page.screenshot({ path: file(index) });
          return file(index);
        }),
      ),
    async close() {
      for (const page of pages) await page.context().close();
    },
  };
}
