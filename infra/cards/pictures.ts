import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Theme } from './host-config';

const CHROMIUM = '/usr/bin/chromium';
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PictureChoice {
  themes: readonly Theme[];
  /** Of a card, in CSS pixels: those that the page offers. */
  widths: readonly number[];
  languages: readonly string[];
  /** How the names of the cards begin; empty: all. */
  only: string;
  /** Whether axe is asked too: that takes most of the time. */
  axe: boolean;
}

/**
 * Takes a picture of each part of the cards in each theme, width and language, and asks axe what is hard to use: in each
 * theme once, narrow if that is asked for. Needs Debian's `chromium`.
 * @param page path of the HTML page of `galleryPage`; the pictures are written into `folder`
 * @returns what axe found, one sentence each
 */
export async function takePictures(page: string, folder: string, choice: PictureChoice): Promise<string[]> {
  const { themes, widths, languages, only, axe } = choice;
  const looks = themes.flatMap((theme) =>
    widths.flatMap((width, wide) =>
      languages.map((lang, at) => ({ theme, width, lang, asked: axe && wide + at === 0 })),
    ),
  );
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const found: string[] = [];
  try {
    const opened = new Map<string, Page>();
    for (const { theme, width, lang, asked } of looks) {
      const tab = opened.get(lang) ?? (await open(browser, page, lang));
      opened.set(lang, tab);
      let parts = 1;
      for (let part = 1; part <= parts; part++) {
        const hash = new URLSearchParams({ theme, width: String(width), lang, only, part: String(part) }).toString();
        parts = await drawn(tab, hash);
        const name = [only.replace(/\W+/g, '-') || 'all', theme, width, lang, part].join('-');
        await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
        if (asked) found.push(...(await hardToUse(tab, theme)));
      }
    }
  } finally {
    await browser.close();
  }
  return [...new Set(found)];
}

/** The page as a reader of that language sees it: dates are written by the browser. */
async function open(browser: Browser, page: string, locale: string): Promise<Page> {
  const viewport = { width: 1420, height: 900 };
  const context = await browser.newContext({ viewport, timezoneId: 'Europe/Berlin', locale });
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(page).href);
  return tab;
}

/** Has the page draw what its address asks for. @returns how many parts there are of it */
async function drawn(tab: Page, hash: string): Promise<number> {
  await tab.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await tab.waitForFunction(`document.body.dataset.drawn === ${JSON.stringify(`#${hash}`)}`);
  return Number(await tab.getAttribute('body', 'data-parts'));
}

async function hardToUse(page: Page, theme: Theme): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('main').withTags(['wcag2a', 'wcag2aa']).analyze();
  return violations.map(({ id, help, nodes }) => `${theme}: ${id}, ${help} (${nodes[0]?.html.slice(0, 160) ?? ''})`);
}
