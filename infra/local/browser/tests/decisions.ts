import assert from 'node:assert/strict';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { type Stage, type TestCase } from '../stage';
import { approvalOf, approve, askForKey, cancel, typeCode, vouchCodeIn } from '../steps';
import { untouched } from '../tenant';

const { words } = cast.petra;
const { buttons, progress, approval, stale } = words;

/** Petra asks, Viktor decides, the helpdesk looks on. */
async function begin(stage: Stage, reason: string) {
  const page = await stage.open();
  const petra = await chatOf(page, 1, cast.petra);
  const viktor = await chatOf(page, 2, cast.viktor);
  const jonas = await chatOf(page, 3, cast.jonas);
  const ticket = await askForKey(petra, reason);
  await approvalOf(viktor, ticket);
  return { page, petra, viktor, jonas, ticket };
}

async function denied(stage: Stage): Promise<void> {
  const { petra, viktor, ticket } = await begin(stage, 'I would like to have one');
  const card = await approvalOf(viktor, ticket);
  await viktor.press(buttons.deny_, card);
  await viktor.press(buttons.deny, card);
  await card.getByText(approval.whyMissing).waitFor();
  await card.getByLabel(approval.why).fill('Your old key still works, does it not?');
  await viktor.press(buttons.deny, card);
  await petra.reads(progress.denied.title, { text: 'Your old key still works' });
  await viktor.reads(words.statuses.denied, { text: ticket });
  assert.equal(await viktor.message({ text: ticket, button: buttons.approve }).count(), 0, 'nothing is left to decide');
  assert.ok(untouched(stage.tenant.account(cast.petra)));
}

async function cancelled(stage: Stage): Promise<void> {
  const { petra, viktor, ticket } = await begin(stage, 'I have lost my old one, I think');
  await cancel(petra, ticket);
  await viktor.reads(words.statuses.cancelled, { text: ticket });
  assert.equal(await viktor.message({ text: ticket, button: buttons.approve }).count(), 0, 'nothing is left to decide');
  assert.ok(untouched(stage.tenant.account(cast.petra)));
}

/** Two windows of one approver, both pressed, each of them twice, as fast as a hand can. */
async function pressedTwice(stage: Stage): Promise<void> {
  const { petra, viktor, jonas, ticket } = await begin(stage, 'Pressed more than once');
  const other = await chatOf(await stage.open(), 2, cast.viktor);
  const found = [viktor, other].map(async (chat) => {
    const card = await approvalOf(chat, ticket);
    await card.getByRole('radio', { name: words.recognitions['in-person'] }).check();
    return card.getByRole('button', { name: buttons.approve, exact: true }).elementHandle();
  });
  const both = await Promise.all(found);
  // Whichever window is slower: its hand is on the button already, and does not wait for what the other one does.
  await Promise.all([...both, ...both].map((button) => button.dispatchEvent('click')));
  const code = await vouchCodeIn(viktor, ticket);
  assert.match(code, /^\d{6}$/);
  await petra.reads(progress.choose.title, { text: ticket });
  const told = petra.column
    .getByRole('listitem')
    .filter({ hasText: ticket })
    .filter({ hasText: progress.choose.title });
  assert.equal(await told.count(), 1, 'told once');
  await jonas.say(ticket);
  assert.match(await jonas.all(), /Viktor Hale \(approved\)/);
  assert.equal(await viktor.message({ text: ticket, button: buttons.approve }).count(), 0);
  assert.ok(untouched(stage.tenant.account(cast.petra)));
  await cancel(petra, ticket);
}

/** The way to the sandbox is slow: until it has heard of a click, the card takes no other one. */
async function pressedOnASlowLine(stage: Stage): Promise<void> {
  const { page, petra, viktor, ticket } = await begin(stage, 'The line is slow');
  const card = await approvalOf(viktor, ticket);
  await card.getByRole('radio', { name: words.recognitions.video }).check();
  let sent = 0;
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/api/press', async (route) => {
    sent += 1;
    await held;
    await route.continue();
  });
  await viktor.press(buttons.approve, card);
  assert.ok(await card.getByRole('button', { name: buttons.deny_, exact: true }).isDisabled(), 'one click at a time');
  await card.getByRole('button', { name: buttons.approve, exact: true }).click({ force: true });
  letThrough();
  await petra.reads(progress.choose.title, { text: ticket });
  assert.equal(sent, 1, 'the second click went nowhere');
  await page.unroute('**/api/press');
  await cancel(petra, ticket);
}

/** The same question stands twice in one chat; the older one is pressed after the decision. */
async function pressedLate(stage: Stage): Promise<void> {
  const { petra, viktor, ticket } = await begin(stage, 'Two copies of one card');
  const before = await viktor.column.getByRole('listitem').filter({ hasText: ticket }).count();
  await viktor.say(ticket);
  const copies = viktor.column.getByRole('listitem').filter({ hasText: ticket });
  assert.equal(await copies.count(), before + 2, 'what was typed, and its answer');
  const [first, typed] = [copies.first(), viktor.message({ text: ticket, button: buttons.approve })];
  await viktor.press(buttons.deny_, first);
  await first.getByLabel(approval.why).fill('Not today');
  await viktor.press(buttons.deny, first);
  await petra.reads(progress.denied.title, { text: ticket });

  await typed.getByRole('radio', { name: words.recognitions.video }).check();
  await viktor.press(buttons.approve, typed);
  const answer = await viktor.reads(stale.text, { text: ticket });
  await answer.getByText('Not today').waitFor();
  await petra.say(ticket);
  await petra.message({ text: 'Not today' }).waitFor();
  assert.equal(await petra.message({ text: ticket, button: buttons['choose-pass'] }).count(), 0);
  assert.ok(untouched(stage.tenant.account(cast.petra)));
}

async function wrongCodes(stage: Stage): Promise<void> {
  const { petra, viktor, jonas, ticket } = await begin(stage, 'Somebody guesses the code');
  const code = await approve(viktor, ticket);
  await petra.reads(progress.choose.title, { text: ticket });
  await petra.press(buttons['choose-pass']);
  for (const left of [2, 1]) {
    await typeCode(petra, wrong(code, left));
    await petra.reads(progress.vouch.left.replace('{count}', String(left)), { text: ticket });
  }
  await typeCode(petra, wrong(code, 3));
  await petra.reads(progress.vouch.dead, { text: ticket });
  assert.equal(await petra.message({ text: ticket, button: buttons.vouch }).count(), 0, 'there is no fourth try');
  await jonas.reads(words.marks.parked, { text: ticket, button: buttons['take-over'] });
  await viktor.say(ticket);
  await viktor.message({ text: approval.codeDead }).waitFor();
  assert.ok(untouched(stage.tenant.account(cast.petra)));
  await cancel(petra, ticket);
}

/** Another code of six digits, another one for each `by`. */
function wrong(code: string, by: number): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0');
}

export const decisions: readonly TestCase[] = [
  { name: 'denied: a reason is asked for, and the one who asked reads it', run: denied },
  { name: 'cancelled by the one who asked: the approver’s card knows', run: cancelled },
  { name: 'approved in two windows at once, each pressed twice: one decision', run: pressedTwice },
  { name: 'approved on a slow line: the card takes no second click meanwhile', run: pressedOnASlowLine },
  { name: 'an old card pressed after the decision: the truth, and nothing changed', run: pressedLate },
  { name: 'three wrong codes: dead, and the helpdesk is told', run: wrongCodes },
];
