import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { APP_ID } from '../sandbox/product-settings';
import { cast } from './cast';
import { eventually } from './eventually';
import { openChannel } from './playground/channel';
import { startPlayground } from './playground/process';
import { startUnsignedProduct } from './playground/product';
import { openScreen } from './playground/screen';

/**
 * Microsoft's own Agents Playground judges what we say in channels and to message boxes: a mention there, the roster, the
 * card for all, an answer to one, and a search. It has no user-specific views, and one person at its screen.
 */
export async function playGroupInPlayground(browser: Browser, folder: string): Promise<void> {
  const { jonas } = cast;
  const { words } = jonas;
  // Its channel holds people who are not of the helpdesk, as its groups of six always do.
  const named = { KEYVOUCH_HELPDESK_CHANNELS: `19:${jonas.id}-channel` };
  const product = await startUnsignedProduct(join(folder, 'product-group'), named);
  try {
    const { botUrl, entra } = product;
    const options = { person: jonas.id, tenantId: entra.tenantId, botId: `28:${APP_ID}`, botUrl };
    const playground = await startPlayground({ ...options, folder: join(folder, 'playground-group') });
    try {
      const screen = await openScreen(browser, playground);
      await screen.reads(words.home.intro);
      await screen.say('hi');
      await screen.press(words.buttons.ask);
      await screen.fill(words.request.reason, 'CANARY-REASON in the Playground');
      await screen.press(words.buttons['send-request']);
      const ticket = await screen.reading('the number', /key · (KV-[0-9A-Z]{4}-[0-9A-Z]{2})/);

      const elsewhere = await openChannel(screen.page, 'General');
      await elsewhere.mention(`ticket ${ticket}`);
      await elsewhere.reads(words.refusals['place-not-helpdesk'].say);

      const channel = await openChannel(screen.page, 'Announcements');
      await channel.mention(`ticket ${ticket}`);
      await channel.reads(words.shared.detailsHint);
      assert.equal(
        await screen.page.getByText('CANARY-REASON').count(),
        0,
        'the card for all says nothing of the reason',
      );

      const results = await channel.search('tickets', 'text', ticket);
      await eventually('the search to find it', async () => (await results.innerText()).includes(`for ${jonas.name}`));
      await screen.page.keyboard.press('Escape');

      await screen.press(words.shared.details);
      await channel.reads(words.shared.onlyYou);
      await channel.reads('CANARY-REASON in the Playground');
      await screen.page.context().close();
    } finally {
      await playground.close();
    }
  } catch (error) {
    console.log(`     the host said:\n${product.said().slice(-12).join('\n').replace(/^/gm, '       ')}`);
    throw error;
  } finally {
    await product.close();
  }
}
