import assert from 'node:assert/strict';
import { type Locator, type Page } from 'playwright-core';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { groupOf } from '../group';
import { type Stage, type TestCase } from '../stage';
import { find } from '../steps';
import { untouched } from '../tenant';

const MOST_STEPS = 200;

/** Moves the focus with Tab (or Shift+Tab) until it is there. @throws Error where it never gets there */
async function tabTo(page: Page, what: string, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const there = target.and(page.locator(':focus'));
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if ((await there.count()) > 0) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${MOST_STEPS} times ${key} do not lead to ${what}`);
}

/** Asking, approving, hiding the code and cancelling with nothing but a keyboard. */
async function byKeyboard(stage: Stage): Promise<void> {
  const page = await stage.open();
  const petra = await chatOf(page, 1, cast.petra);
  const viktor = await chatOf(page, 2, cast.viktor);
  const { buttons, request, progress, vouchCode } = cast.petra.words;
  const newest = (chat: typeof petra, button: string) =>
    chat.message({ button }).getByRole('button', { name: button, exact: true });
  const composerOf = (chat: typeof petra) => chat.column.getByRole('textbox', { name: 'Message Keyvouch' });

  await tabTo(page, 'the first chat’s field', composerOf(petra));
  const greetings = await petra.message({ button: buttons.ask }).count();
  const items = await petra.column.getByRole('listitem').count();
  await page.keyboard.type('hi');
  await page.keyboard.press('Enter');
  await petra.column
    .getByRole('listitem')
    .nth(items + 1)
    .waitFor();
  assert.ok(greetings > 0);
  await tabTo(page, `"${buttons.ask}"`, newest(petra, buttons.ask), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const form = petra.message({ button: buttons['send-request'] });
  await form.waitFor();
  await tabTo(page, 'the reason', form.getByLabel(request.reason));
  await page.keyboard.type('Without a mouse');
  await tabTo(page, `"${buttons['send-request']}"`, newest(petra, buttons['send-request']));
  await page.keyboard.press('Enter');
  const ticket = await find(await petra.reads(progress.waiting.title, { text: 'Without a mouse' }), /KV-\S+/);

  const card = viktor.message({ text: ticket, button: buttons.approve });
  await card.waitFor();
  await tabTo(page, 'the second chat’s field', composerOf(viktor));
  await tabTo(
    page,
    `"${buttons.approve}"`,
    card.getByRole('button', { name: buttons.approve, exact: true }),
    'Shift+Tab',
  );
  const radios = card.getByRole('radio');
  await tabTo(page, 'how Petra was recognised', radios.and(page.locator(':focus')), 'Shift+Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  assert.ok(await card.getByRole('radio', { checked: true }).isVisible(), 'arrows choose');
  await tabTo(page, `"${buttons.approve}"`, card.getByRole('button', { name: buttons.approve, exact: true }));
  await page.keyboard.press('Enter');
  // The code stands in the reply to Approve; it can be put away, and asked for again.
  await viktor.reads(vouchCode.never, { text: ticket });
  await tabTo(page, `"${buttons.hide}"`, newest(viktor, buttons.hide));
  await page.keyboard.press('Enter');
  await viktor.message({ text: ticket, button: buttons['show-vouch-code'] }).waitFor();
  await tabTo(page, `"${buttons['show-vouch-code']}"`, newest(viktor, buttons['show-vouch-code']));
  await page.keyboard.press('Enter');
  await viktor.reads(vouchCode.never, { text: ticket });

  await petra.reads(progress.choose.title, { text: ticket });
  await tabTo(page, 'the first chat’s field', composerOf(petra), 'Shift+Tab');
  await tabTo(page, `"${buttons.cancel_}"`, newest(petra, buttons.cancel_), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, `"${buttons.cancel}"`, newest(petra, buttons.cancel));
  await page.keyboard.press('Enter');
  await petra.reads(progress.cancelled.title, { text: ticket });
  assert.ok(untouched(stage.tenant.account(cast.petra)));
}

/** The search beside a channel's message box: opened, left, opened again, typed into, and something chosen. */
async function searchByKeyboard(stage: Stage): Promise<void> {
  const page = await stage.open();
  const jonas = await groupOf(page, 3, cast.jonas, '# Helpdesk');
  const place = page.getByRole('region', { name: cast.jonas.name, exact: true });
  const [toggle, panel] = [place.getByRole('button', { name: 'Search Keyvouch' }), place.getByRole('search')];
  await tabTo(page, 'the search', toggle);
  await page.keyboard.press('Enter');
  await panel.waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  assert.equal(await toggle.and(page.locator(':focus')).count(), 1, 'Escape leads back to the button');
  await page.keyboard.press('Enter');
  const kind = panel.getByLabel('What to search for');
  await tabTo(page, 'the kind of search', kind, 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  assert.equal(await kind.inputValue(), 'people');
  await tabTo(page, 'the field', panel.getByRole('searchbox'));
  await page.keyboard.type('Viktor');
  const result = panel.getByRole('listitem').filter({ hasText: cast.viktor.upn }).getByRole('button');
  await result.waitFor();
  await tabTo(page, 'the result', result);
  await page.keyboard.press('Enter');
  await panel.waitFor({ state: 'hidden' });
  await jonas.reads(cast.viktor.name);
}

export const keyboard: readonly TestCase[] = [
  { name: 'with the keyboard alone: ask, approve, hide the code, cancel', run: byKeyboard },
  { name: 'with the keyboard alone: search in a channel and choose', run: searchByKeyboard },
];
