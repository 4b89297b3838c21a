import assert from 'node:assert/strict';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { type Stage, type TestCase } from '../stage';
import { untouched } from '../tenant';

const { buttons, request, refusals, list } = cast.mara.words;

async function unknownPerson(stage: Stage): Promise<void> {
  const page = await stage.open();
  const mara = await chatOf(page, 2, cast.mara);
  await mara.say('hi');
  await mara.press(buttons.more_);
  await mara.press(buttons['ask-other']);
  await mara.fill(request.person, 'Zacharias Nobody');
  await mara.fill(request.reason, 'He starts on Monday');
  await mara.press(buttons['send-request']);
  const form = await mara.reads(refusals['person-unknown'].say, { button: buttons['send-request'] });
  assert.equal(await form.getByLabel(request.person).inputValue(), 'Zacharias Nobody', 'what was typed stays');
  assert.equal(await form.getByLabel(request.reason).inputValue(), 'He starts on Monday');
}

async function emptyReason(stage: Stage): Promise<void> {
  const page = await stage.open();
  const mara = await chatOf(page, 2, cast.mara);
  await mara.say('hi');
  await mara.press(buttons.more_);
  await mara.press(buttons['ask-other']);
  await mara.fill(request.person, cast.ada.name);
  await mara.press(buttons['send-request']);
  await mara.reads(request.reasonMissing, { button: buttons['send-request'] });
  const form = mara.message({ button: buttons['send-request'] });
  assert.equal(await form.getByLabel(request.person).inputValue(), cast.ada.name, 'what was typed stays');
  await mara.fill(request.reason, '   ');
  await mara.press(buttons['send-request']);
  await mara.reads(refusals['reason-missing'].say, { button: buttons['send-request'] });
  assert.equal(await form.getByLabel(request.person).inputValue(), cast.ada.name);
  await mara.say('my requests');
  await mara.reads(list.mineNone);
  assert.ok(untouched(stage.tenant.account(cast.mara)));
}

export const forms: readonly TestCase[] = [
  { name: 'a person whom nobody knows: said at the field, and what was typed stays', run: unknownPerson },
  { name: 'no reason: asked for, what was typed stays, and no ticket is opened', run: emptyReason },
];
