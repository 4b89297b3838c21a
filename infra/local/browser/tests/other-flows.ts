import assert from 'node:assert/strict';
import { accountOf } from '../account';
import { cast } from '../cast';
import { type Chat, chatOf } from '../chat';
import { deskOf } from '../desk';
import { type Stage, type TestCase } from '../stage';
import { approvalOf, approve, find, showPass, typeCode } from '../steps';
import { PIN } from './first-key';

const NUMBER = /KV-[0-9A-Z]{4}-[0-9A-Z]{2}/;

async function sendWith(chat: Chat, reason: string): Promise<string> {
  const { buttons, request, progress } = chat.person.words;
  await chat.fill(request.reason, reason);
  await chat.press(buttons['send-request']);
  return find(await chat.reads(progress.waiting.title, { text: reason }), NUMBER);
}

/** Sean's only key is lost: the old one goes when the way back in is there, and the new one signs in. */
async function lostKey(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [sean, mara] = [await chatOf(page, 1, cast.sean), await chatOf(page, 2, cast.mara)];
  const { buttons, progress, pass: card } = cast.sean.words;
  assert.deepEqual(stage.tenant.account(cast.sean).passkeys, ['Key of Sean']);

  await sean.say('hi');
  await sean.press(buttons.ask_lost);
  await sean.column
    .getByRole('checkbox', { name: /Key of Sean/ })
    .last()
    .check();
  const ticket = await sendWith(sean, 'I left it on the train this morning');
  const asked = await approvalOf(mara, ticket);
  assert.match(await asked.innerText(), /Key of Sean/, 'the approver reads which key goes');
  const code = await approve(mara, ticket);
  assert.deepEqual(stage.tenant.account(cast.sean).passkeys, ['Key of Sean'], 'an approval alone leaves no hole');

  await sean.reads(progress.choose.title, { text: ticket });
  await sean.press(buttons['choose-pass']);
  await typeCode(sean, code);
  const pass = await showPass(sean, card.title);
  await stage.tenant.until('the lost key to be gone', cast.sean, ({ passkeys }) => passkeys.length === 0);
  const account = await accountOf(page, deskOf(page), cast.sean);
  await account.addKeyWithPass(pass, 'New key of Sean', PIN);
  await sean.reads(progress.done.title, { text: ticket });
  await mara.reads(cast.mara.words.statuses.done, { text: ticket });
  assert.deepEqual(stage.tenant.account(cast.sean).passkeys, ['New key of Sean']);
  await account.signInWithKey(PIN);
}

/** A pass and nothing else: it ends when its owner says so. */
async function passOnly(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [sean, mara] = [await chatOf(page, 1, cast.sean), await chatOf(page, 2, cast.mara)];
  const { buttons, progress, pass: card } = cast.sean.words;

  await sean.say('temporary pass');
  const ticket = await sendWith(sean, 'My new phone has no sign-in yet');
  const code = await approve(mara, ticket);
  await sean.reads(progress.vouch.label, { text: ticket });
  await typeCode(sean, code);
  const pass = await showPass(sean, card.title);
  await sean.press(buttons.finish);
  await sean.reads(progress.done.titlePass, { text: ticket });
  await stage.tenant.until('the pass to be gone', cast.sean, ({ passes }) => passes.every(({ alive }) => !alive));
  const account = await accountOf(page, deskOf(page), cast.sean);
  await account.passRefused(pass);
}

/** The helpdesk takes the keys of somebody who leaves; the manager approves. */
async function returnKey(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [jonas, mara] = [await chatOf(page, 3, cast.jonas), await chatOf(page, 2, cast.mara)];
  const { buttons, request, progress } = cast.jonas.words;
  const reason = 'Leaves today, the key lies on my desk';

  await jonas.say('hi');
  await jonas.press(buttons.more_);
  await jonas.press(buttons['ask-other']);
  await jonas.column.getByLabel(request.what).last().selectOption('return-key');
  await jonas.fill(request.person, cast.sean.name);
  await jonas.fill(request.reason, reason);
  await jonas.press(buttons['send-request']);
  await jonas.column
    .getByRole('checkbox', { name: /New key of Sean/ })
    .last()
    .check();
  const ticket = await sendWith(jonas, reason);
  const asked = await approvalOf(mara, ticket);
  await asked.getByRole('radio', { name: cast.mara.words.recognitions['in-person'] }).check();
  await mara.press(buttons.approve, asked);
  await stage.tenant.until('no key to be left', cast.sean, ({ passkeys }) => passkeys.length === 0);
  await jonas.reads(progress.done.titleReturn.replace('{subject}', cast.sean.name), { text: ticket });
}

/** In this order, after Sean has come to his first key. */
export const otherFlows: readonly TestCase[] = [
  { name: 'a lost key: reported, approved, replaced by a pass and a new key, gone', run: lostKey },
  { name: 'a pass alone: shown, and ended by its owner', run: passOnly },
  { name: 'a key taken back: asked by the helpdesk, approved, all keys gone', run: returnKey },
];
