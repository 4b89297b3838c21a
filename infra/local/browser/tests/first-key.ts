import assert from 'node:assert/strict';
import { accountOf } from '../account';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { deskOf } from '../desk';
import { eventually } from '../eventually';
import { type TestCase, type Stage } from '../stage';
import { approvalOf, approve, askForKey, find, showPass, typeCode } from '../steps';
import { untouched } from '../tenant';

/** Of the one key on the desk: set by the first of these, needed by the others. */
export const PIN = '271828';

/** Flow 1 where no pass is shown to anyone. */
async function atTheWorkstation(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [ada, mara] = [await chatOf(page, 1, cast.ada), await chatOf(page, 2, cast.mara)];
  const desk = deskOf(page);
  const { buttons, pair, confirmWorkstation, workstations, progress } = cast.ada.words;

  const ticket = await askForKey(ada, 'Mein erster Tag: Ich brauche einen Schlüssel.');
  await approvalOf(mara, ticket);
  await stage.picture(page, 'approval');
  const code = await approve(mara, ticket);
  await ada.reads(progress.choose.title, { text: ticket });
  await onAPhone(stage);
  assert.ok(untouched(stage.tenant.account(cast.ada)), 'an approval alone touches nothing');

  await ada.say('hi');
  await ada.press(buttons.more_);
  await ada.press(buttons.pair);
  const pairing = await find(await ada.reads(pair.never), /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await desk.start('pair');
  await desk.answer(/Pairing code/, pairing, false);
  const [, words = ''] = await desk.says(/Its words are:\s*\n\s*(.+)\n/);
  const asked = await ada.reads(confirmWorkstation.title, { button: buttons['confirm-workstation'] });
  const shown = await find(asked, /^.+ · .+ · .+$/m);
  assert.deepEqual(shown.split(' · '), words.trim().split(/\s+/), 'chat and terminal show the same words');
  await ada.press(buttons['confirm-workstation']);
  await ada.reads(workstations.title, { text: 'northwind-laptop-7' });
  await desk.says(/This workstation is paired for/);
  await desk.ended();

  await ada.say(ticket);
  await ada.press(buttons['choose-workstation'], ada.message({ text: ticket, button: buttons['choose-workstation'] }));
  await typeCode(ada, code);
  await ada.press(buttons['start-job']);
  const offered = progress.register.offered.replace('{workstation}', 'northwind-laptop-7');
  const number = await find(await ada.reads(offered, { text: ticket }), /^\d\d$/m);
  await desk.start('run');
  await desk.answer(/Type the number/, number, false);
  await desk.answer(/New PIN/, PIN, true);
  await desk.answer(/The new PIN again/, PIN, true);
  await desk.blinks();
  await stage.picture(page, 'workstation', { colours: 'dark' });
  await desk.touch();
  await ada.reads(progress.done.title, { text: ticket });
  await desk.ended();
  assert.ok(!(await desk.terminal.innerText()).includes(PIN), 'the terminal never shows the PIN');
  assert.ok(!(await page.locator('body').innerText()).includes(PIN), 'nor does anything else');

  const account = await accountOf(page, desk, cast.ada);
  await account.signInWithKey(PIN);
  const { passes, passkeys } = await stage.tenant.until('signed in', cast.ada, ({ signIns }) => signIns.length > 0);
  assert.equal(passkeys.length, 1);
  assert.equal(passes.length, 0, 'no pass was ever made');
  await mara.reads(cast.mara.words.statuses.done, { text: ticket });
  await terminalAtItsEnd(stage);
}

/** What Ada sees of it on a phone. */
async function onAPhone(stage: Stage): Promise<void> {
  const page = await stage.open({ viewport: { width: 390, height: 844 } });
  const { progress } = cast.ada.words;
  await (await chatOf(page, 1, cast.ada)).reads(progress.choose.title);
  await stage.picture(page, 'phone');
}

/** A terminal with a story behind it, in a small window: whoever turns to it sees what it said last. */
async function terminalAtItsEnd(stage: Stage): Promise<void> {
  const page = await stage.open({ viewport: { width: 390, height: 500 } });
  await page.getByRole('navigation', { name: 'Parts of the sandbox' }).getByRole('button', { name: 'Desk' }).click();
  const isAtItsEnd = `(({ scrollHeight, clientHeight, scrollTop }) =>
    scrollTop > 0 && scrollHeight - clientHeight - scrollTop < 2)(document.querySelector('.screen'))`;
  await eventually('the end of the terminal to be in sight', () => page.evaluate<boolean>(isAtItsEnd));
}

/** Flow 1 by a pass that its owner sees once. */
async function byPass(stage: Stage): Promise<void> {
  const page = await stage.open();
  const [sean, mara] = [await chatOf(page, 1, cast.sean), await chatOf(page, 2, cast.mara)];
  const desk = deskOf(page);
  const { buttons, progress, pass: card } = cast.sean.words;

  const ticket = await askForKey(sean, 'A new laptop without my old phone');
  const code = await approve(mara, ticket);
  await sean.reads(progress.choose.title, { text: ticket });
  await sean.press(buttons['choose-pass']);
  await typeCode(sean, code);
  await sean.reads(progress.show.title, { text: ticket });
  assert.equal(stage.tenant.account(cast.sean).passes.length, 0, 'no pass before it is shown');
  const pass = await showPass(sean, card.title);
  assert.ok(!(await mara.all()).includes(pass), 'the approver does not see it');
  assert.equal((await stage.tenant.until('a pass', cast.sean, ({ passes }) => passes.length > 0)).passes.length, 1);

  const account = await accountOf(page, desk, cast.sean);
  await account.addKeyWithPass(pass, 'Key of Sean', PIN);
  await sean.reads(progress.done.title, { text: ticket });
  const { passes, passkeys } = await stage.tenant.until('the pass to be gone', cast.sean, (now) =>
    now.passes.every(({ alive }) => !alive),
  );
  assert.deepEqual(passes, [{ alive: false, used: true, endedBy: 'deleted' }]);
  assert.deepEqual(passkeys, ['Key of Sean']);
  await account.passRefused(pass);
  await account.signInWithKey(PIN);

  await sean.column.getByRole('button', { name: 'Reload chat' }).click();
  await sean.reads(progress.done.title, { text: ticket });
  assert.ok(!(await page.locator('body').innerText()).includes(pass), 'it is nowhere on the page any more');
}

/** A first day: the helpdesk asks, a manager approves, a hander shows the pass in person. */
async function onBehalf(stage: Stage): Promise<void> {
  const page = await stage.open();
  const suki = await chatOf(page, 1, cast.suki);
  const viktor = await chatOf(page, 2, cast.viktor);
  const jonas = await chatOf(page, 3, cast.jonas);
  const desk = deskOf(page);
  const { buttons, request, progress, pass: card } = cast.jonas.words;
  const { name } = cast.bea;

  await jonas.say('hi');
  await jonas.press(buttons.more_);
  await jonas.press(buttons['ask-other']);
  await jonas.fill(request.person, name);
  await jonas.fill(request.reason, 'Her first day, she cannot use Teams yet');
  await jonas.column.getByLabel(request.hander).last().selectOption(cast.suki.id);
  await jonas.press(buttons['send-request']);
  const ticket = await find(await jonas.reads(progress.waiting.title), /KV-\S+/);
  const code = await approve(viktor, ticket);

  await suki.reads(progress.choose.title, { text: ticket });
  await suki.press(buttons['choose-pass']);
  await typeCode(suki, code);
  const pass = await showPass(suki, card.titleOther.replace('{subject}', name));
  for (const chat of [viktor, jonas]) assert.ok(!(await chat.all()).includes(pass), 'the hander alone sees it');

  const account = await accountOf(page, desk, cast.bea);
  await account.addKeyWithPass(pass, 'Key of Bea', PIN);
  const ready = progress.done.titleOther.replace('{subject}', name);
  await Promise.all([suki.reads(ready, { text: ticket }), jonas.reads(ready, { text: ticket })]);
  const { passes, passkeys } = await stage.tenant.until('the pass to be gone', cast.bea, (now) =>
    now.passes.every(({ alive }) => !alive),
  );
  assert.deepEqual(passes, [{ alive: false, used: true, endedBy: 'deleted' }]);
  assert.deepEqual(passkeys, ['Key of Bea']);
  assert.ok(untouched(stage.tenant.account(cast.suki)) && untouched(stage.tenant.account(cast.jonas)));
}

export const firstKey: readonly TestCase[] = [
  {
    name: 'a first key at the workstation: paired, approved, vouched for, registered, signed in',
    run: atTheWorkstation,
  },
  { name: 'a first key by a pass: shown once, used at Security info, deleted, signed in', run: byPass },
  { name: 'on behalf: the helpdesk asks, a manager approves, the hander shows the pass', run: onBehalf },
];
