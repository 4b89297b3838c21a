import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { APP_ID } from '../sandbox/product-settings';
import { cast, type Person } from './cast';
import { eventually } from './eventually';
import { startPlayground } from './playground/process';
import { startUnsignedProduct, type UnsignedProduct } from './playground/product';
import { openScreen, type Screen } from './playground/screen';

/** What has been started, closed in the opposite order whatever happens. */
function createClosing() {
  const closes: (() => Promise<void>)[] = [];
  return {
    keep<T extends { close(): Promise<void> }>(started: T): T {
      closes.push(() => started.close());
      return started;
    },
    async close() {
      for (const close of closes.toReversed()) await close();
    },
  };
}

/**
 * Microsoft's own Agents Playground instead of our stand-in for Teams: two of them with a person each, one bot. From the
 * request to the approval, the code and the pass, which then signs in.
 */
export async function playInPlaygrounds(browser: Browser, folder: string): Promise<void> {
  const closing = createClosing();
  const { sean, mara } = cast;
  let product: UnsignedProduct | undefined;
  try {
    product = closing.keep(await startUnsignedProduct(join(folder, 'product')));
    const { botUrl, entra } = product;
    const open = async (person: Person): Promise<Screen> => {
      const options = { person: person.id, tenantId: entra.tenantId, botId: `28:${APP_ID}`, botUrl };
      const playground = closing.keep(await startPlayground({ ...options, folder: join(folder, person.id) }));
      const screen = await openScreen(browser, playground);
      closing.keep({ close: () => screen.page.context().close() });
      await screen.reads(person.words.home.intro);
      return screen;
    };
    const pass = await play(await open(sean), await open(mara));
    const passes = () => entra.view(sean.id).passes.filter(({ alive }) => alive);
    assert.equal(passes().length, 1, 'exactly one pass is alive');
    const signedIn = await eventually('the new pass to be known everywhere', () => {
      const result = entra.signInWithPass(sean.upn, pass);
      return result.ok && result;
    });
    assert.ok(signedIn.session, 'the pass that was shown signs in at Security info');
    assert.equal(entra.view(sean.id).passes.length, 1, 'and no other was ever made');
  } catch (error) {
    console.log(`     the host said:\n${(product?.said().slice(-12) ?? []).join('\n').replace(/^/gm, '       ')}`);
    throw error;
  } finally {
    await closing.close();
  }
}

/** @returns the pass that Sean was shown */
async function play(sean: Screen, mara: Screen): Promise<string> {
  const { buttons, request, progress, recognitions, pass } = cast.sean.words;
  await sean.say('hi');
  await sean.press(buttons.ask);
  await sean.fill(request.reason, 'My first day, in the Playground');
  await sean.press(buttons['send-request']);
  await sean.reads(progress.waiting.title);

  await mara.reads('My first day, in the Playground');
  await mara.choose(recognitions.video);
  await mara.press(buttons.approve);
  const code = await mara.reading('the vouch code', /\b(\d{3} \d{3})\b/, buttons['show-vouch-code']);

  await sean.reads(progress.choose.title);
  await sean.press(buttons['choose-pass']);
  await eventually('the code to be taken', async () => {
    await sean.fill(progress.vouch.label, code);
    await sean.press(buttons.vouch);
    return !(await sean.page.getByText(progress.vouch.invalid).isVisible());
  });
  await sean.press(buttons['prepare-show']);
  await sean.press(buttons.show);
  return sean.reading('the pass', new RegExp(`${pass.title}\\s+(\\S{8,48})\\s`));
}
