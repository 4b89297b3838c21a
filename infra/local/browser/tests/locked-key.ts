import assert from 'node:assert/strict';
import { accountOf } from '../account';
import { cast } from '../cast';
import { type Chat, chatOf } from '../chat';
import { type Desk, deskOf } from '../desk';
import { type Stage, type TestCase } from '../stage';
import { approvalOf, approve, find, typeCode } from '../steps';
import { PIN } from './first-key';

const WORKSTATION = 'northwind-laptop-7';
const NUMBER = /KV-[0-9A-Z]{4}-[0-9A-Z]{2}/;

/** Presses what starts a job, and types the number from the chat at the workstation. */
async function begin(ada: Chat, desk: Desk, ticket: string, title: string): Promise<void> {
  await ada.press(title, ada.message({ text: ticket, button: title }));
  const offered = ada.person.words.progress.register.offered.replace('{workstation}', WORKSTATION);
  const number = await find(await ada.reads(offered, { text: ticket }), /^\d\d$/m);
  await desk.start('run');
  await desk.answer(/Type the number/, number, false);
}

/** Ada has forgotten her PIN: the key is looked at, erased with an approval, and set up anew. */
async function forgotten(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [ada, mara] = [await chatOf(page, 1, cast.ada), await chatOf(page, 2, cast.mara)];
  const desk = deskOf(page);
  const { buttons, request, locked, progress } = cast.ada.words;
  const before = stage.tenant.account(cast.ada).passkeys;
  assert.equal(before.length, 1);

  await ada.say('pin vergessen');
  await ada.fill(request.reason, 'Nach dem Urlaub fällt sie mir nicht mehr ein');
  await ada.press(buttons['send-request']);
  const ticket = await find(await ada.reads(locked.look.title), NUMBER);
  await begin(ada, desk, ticket, buttons.diagnose);
  await desk.ended();
  await ada.reads(locked.verdicts['tries-left'].title, { text: ticket, button: buttons.forgotten });
  assert.ok(!(await mara.all()).includes(ticket), 'nobody is asked for what needs no approval');
  await ada.press(buttons.forgotten);

  const asked = await approvalOf(mara, ticket);
  assert.match(
    await asked.innerText(),
    /has shown that itself/,
    'the approver reads how it is known which passkey goes',
  );
  const code = await approve(mara, ticket);
  await typeCode(ada, code);
  await ada.reads(locked.reset.title, { text: ticket, button: buttons.erase });
  assert.deepEqual(stage.tenant.account(cast.ada).passkeys, before, 'nothing goes before the key is erased');
  await begin(ada, desk, ticket, buttons.erase);
  await desk.answer(/List first/, 'n', false);
  await desk.answer(/Type ERASE/, 'ERASE', false);
  await desk.says(/Unplug the key/);
  await desk.unplug();
  await desk.says(/Plug the same key/);
  await desk.plug();
  await desk.touch();
  await desk.ended();
  await stage.tenant.until('its passkey to be gone', cast.ada, ({ passkeys }) => passkeys.length === 0);

  await ada.reads(locked.register, { text: ticket, button: buttons['start-job'] });
  await begin(ada, desk, ticket, buttons['start-job']);
  await desk.answer(/New PIN/, PIN, true);
  await desk.answer(/The new PIN again/, PIN, true);
  await desk.touch();
  await ada.reads(progress.done.title, { text: ticket });
  await desk.ended();
  const account = await accountOf(page, desk, cast.ada);
  await account.signInWithKey(PIN);
  assert.equal(stage.tenant.account(cast.ada).passkeys.length, 1);
  await mara.reads(cast.mara.words.statuses.done, { text: ticket });
}

/** The last ones: the one key of the desk is erased, with all that was on it. */
export const lockedKey: readonly TestCase[] = [
  { name: 'a forgotten PIN: looked at, approved, erased, its passkey gone, set up anew, signed in', run: forgotten },
];
