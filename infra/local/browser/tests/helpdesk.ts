import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { type Stage, type TestCase } from '../stage';
import { approvalOf, askForKey, cancel } from '../steps';

const { words } = cast.jonas;
const { buttons } = words;

/** Petra asks, Viktor is to decide, and Jonas of the helpdesk sees to it that it goes on. */
async function queueToFile(stage: Stage): Promise<void> {
  const page = await stage.open();
  const petra = await chatOf(page, 1, cast.petra);
  const viktor = await chatOf(page, 2, cast.viktor);
  const jonas = await chatOf(page, 3, cast.jonas);
  const ticket = await askForKey(petra, 'The helpdesk looks after this one');
  await approvalOf(viktor, ticket);

  await jonas.say('queue unassigned');
  await jonas.message({ text: words.queueParts.unassigned }).getByText(ticket).first().click();
  const card = jonas.message({ text: 'The helpdesk looks after this one', button: buttons.comment_ });
  await card.waitFor();
  await jonas.press(buttons.assign_, card);
  await jonas.press(buttons['assign-me'], card);
  await jonas.reads(cast.jonas.name, { text: words.assigning.now });
  await jonas.press(buttons.comment_, card);
  await card.getByRole('textbox', { name: words.helpdesk.comment }).fill('Called Viktor, he is at his desk soon');
  await jonas.press(buttons.comment, card);
  await card.getByText('he is at his desk soon').first().waitFor();
  assert.doesNotMatch(await petra.all(), /at his desk soon/, 'comments are the helpdesk’s own');

  await jonas.press(buttons.nudge_, card);
  await jonas.press(buttons.nudge, card);
  await approvalOf(viktor, ticket);
  await jonas.press(buttons.more_about_, card);
  await jonas.press(buttons.history, card);
  await jonas.reads('reminded', { text: words.history.title });
  await jonas.say('queue mine');
  await jonas.message({ text: words.queueParts.mine }).getByText(ticket).first().waitFor();

  await jonas.say(`export ${ticket}`);
  const download = page.waitForEvent('download');
  await jonas.press('Allow');
  await jonas.column.getByRole('link', { name: 'Download' }).last().click();
  const text = await readFile(await (await download).path(), 'utf8');
  assert.match(text, /"nudged"/);
  assert.match(text, /"Called Viktor, he is at his desk soon"/);
  assert.equal(await jonas.column.getByRole('button', { name: 'Allow' }).count(), 0, 'the offer is gone');
  await cancel(petra, ticket);
}

export const helpdesk: readonly TestCase[] = [
  { name: 'helpdesk: queue, ticket, mine, comment, reminder, history, file', run: queueToFile },
];
