import { AxeBuilder } from '@axe-core/playwright';
import { type Page } from 'playwright-core';

/** What axe finds, in a sentence each. */
export async function examine(page: Page, where: string, forced: boolean): Promise<readonly string[]> {
  // The browser paints forced colours over those of the style sheet, and axe reads the style sheet's.
  const { violations } = await new AxeBuilder({ page })
    .disableRules(forced ? ['color-contrast'] : [])
    // The page has no frames: no further window is needed to put results together.
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, impact, help, nodes }) => {
    const at = nodes
      .map(({ html, failureSummary }) => `\n    ${html.slice(0, 160)}\n    ${failureSummary ?? ''}`)
      .slice(0, 3);
    return `${where}: ${id} (${impact ?? '?'}), ${help}${at.join('')}`;
  });
}

/** Whether all of it fits the window, without having to be moved sideways. */
export async function fits(page: Page, where: string): Promise<readonly string[]> {
  const tooWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
  return tooWide ? [`${where}: the page is wider than its window`] : [];
}
