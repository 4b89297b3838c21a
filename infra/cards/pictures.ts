import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { ALL_WORDS } from '../../cards';
import { THEMES } from './page';

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
const WIDTHS = [320, 480];

/**
 * Takes a picture of each group of cards in each theme, width and language, and asks axe what is hard to use.
 * Needs Debian's `chromium`.
 * @param page path of the HTML page; the pictures are written beside it
 * @returns what axe found, one sentence each
 */
export async function takePictures(page: string, folder: string, groups: readonly string[]): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const found: string[] = [];
  try {
    const context = await browser.newContext({ viewport: { width: 1640, height: 900 }, timezoneId: 'Europe/Berlin' });
    const tab = await context.newPage();
    for (const only of groups)
      for (const theme of THEMES)
        for (const width of WIDTHS)
          for (const { lang } of ALL_WORDS) {
            const choice = new URLSearchParams({ theme, width: String(width), lang, only });
            await tab.goto('about:blank');
            await tab.goto(`${pathToFileURL(page).href}#${choice.toString()}`);
            await tab.waitForFunction('document.title.endsWith("(drawn)")');
            const name = `${only.replace(/\W+/g, '-')}-${theme}-${width}-${lang}.png`;
            await tab.screenshot({ path: join(folder, name), fullPage: true });
            if (width === 320) found.push(...(await hardToUse(tab, `${only}, ${theme}, ${lang}`)));
          }
  } finally {
    await browser.close();
  }
  return [...new Set(found)];
}

async function hardToUse(page: ConstructorParameters<typeof AxeBuilder>[0]['page'], where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('main').withTags(['wcag2a', 'wcag2aa']).analyze();
  return violations.map(({ id, help, nodes }) => `${where}: ${id}, ${help} (${nodes[0]?.html.slice(0, 160) ?? ''})`);
}
