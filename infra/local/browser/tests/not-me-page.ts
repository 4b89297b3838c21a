import assert from 'node:assert/strict';
import { type BrowserContextOptions, type Page } from 'playwright-core';
import { examine, fits } from '../axe';
import { cast } from '../cast';
import { chatOf, readingOf } from '../chat';
import { type Stage, type TestCase } from '../stage';
import { find } from '../steps';

const { notMe, error } = cast.mara.words;
const PHONE = { width: 390, height: 844 };
const NUMBER = /KV-[0-9A-Z]{4}-[0-9A-Z]{2}/;

/** The page asks the system for its colours: it has no switch of its own. */
const LOOKS: readonly { name: string; options: BrowserContextOptions; forced: boolean }[] = [
  { name: 'light', options: { colorScheme: 'light' }, forced: false },
  { name: 'dark', options: { colorScheme: 'dark' }, forced: false },
  { name: 'forced colours', options: { forcedColors: 'active' }, forced: true },
];

/** A pass for Sean: his manager hears of it by mail too. @returns the address in that mail */
async function linkInMail(stage: Stage): Promise<string> {
  const page = await stage.open();
  const sean = await chatOf(page, 1, cast.sean);
  const { request, buttons, progress } = cast.sean.words;
  await sean.say('temporary pass');
  await sean.fill(request.reason, 'Somebody else has my chat');
  await sean.press(buttons['send-request']);
  const ticket = await find(await sean.reads(progress.waiting.title, { text: 'Somebody else has my chat' }), NUMBER);
  await page.getByRole('tab', { name: /^Mail/ }).click();
  const mail = page.locator('details.mail').filter({ hasText: ticket }).first();
  await mail.locator('summary').click();
  const link = await mail.getByRole('link').first().getAttribute('href');
  assert.ok(link !== null, 'the mail has a link');
  return link;
}

/** Opens an address as another browser would, that has never seen the sandbox's page. */
async function openLink(stage: Stage, link: string, options: BrowserContextOptions): Promise<Page> {
  const page = await stage.open({ viewport: PHONE, ...options });
  const tab = await page.context().newPage();
  await tab.goto(link);
  return tab;
}

async function notMePage(stage: Stage): Promise<void> {
  const link = await linkInMail(stage);
  const found: string[] = [];
  const check = async (tab: Page, where: string, forced: boolean): Promise<void> => {
    found.push(...(await examine(tab, where, forced)), ...(await fits(tab, where)));
  };
  for (const { name, options, forced } of LOOKS) {
    const tab = await openLink(stage, link, options);
    await tab.getByRole('heading', { level: 1, name: notMe.title }).waitFor();
    await check(tab, `${name}, asking`, forced);
    await tab.keyboard.press('Tab');
    const stop = tab.getByRole('button', { name: notMe.stop });
    assert.equal(await stop.and(tab.locator(':focus')).count(), 1, 'one press of Tab leads to the only button');
    assert.notEqual(await outlineOf(tab), 'none', `${name}: the focus can be seen`);
    await tab.goto(link.replace(/.{6}$/, 'x'.repeat(6)));
    await tab.getByRole('heading', { level: 1, name: error.title }).waitFor();
    await check(tab, `${name}, a link that leads nowhere`, forced);
  }
  const tab = await openLink(stage, link, {});
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { level: 1, name: notMe.stopped }).waitFor();
  assert.match(await readingOf(tab.getByRole('main')), new RegExp(notMe.stoppedTodo));
  await check(tab, 'light, stopped', false);
  await tab.emulateMedia({ colorScheme: 'dark' });
  await check(tab, 'dark, stopped', false);
  await tab.emulateMedia({ forcedColors: 'active' });
  await check(tab, 'forced colours, stopped', true);
  if (found.length > 0) throw new Error(found.join('\n'));
}

const outlineOf = (tab: Page) => tab.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');

/** The last: it leaves Sean's request stopped. */
export const stopping: readonly TestCase[] = [
  {
    name: 'the page behind a mail’s link: nothing bars the way in any colours, and the keyboard stops it',
    run: notMePage,
  },
];
