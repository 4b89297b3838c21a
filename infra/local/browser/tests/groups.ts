import assert from 'node:assert/strict';
import { type Page } from 'playwright-core';
import { cast } from '../cast';
import { type Chat, chatOf, readingOf } from '../chat';
import { groupOf } from '../group';
import { type Stage, type TestCase } from '../stage';
import { askForKey, cancel } from '../steps';

const { words } = cast.jonas;
const { buttons, shared, group, search, statuses, helpdesk } = words;
const HELPDESK = '# Helpdesk';
const MIXED = 'New colleagues';

/** Petra's new request; one that an earlier test left open would bar it. @returns its number */
async function petraAsks(page: Page, reason: string): Promise<{ petra: Chat; ticket: string }> {
  const petra = await chatOf(page, 1, cast.petra);
  const cards = await petra.message({ button: buttons.cancel_ }).allInnerTexts();
  const tickets = new Set(cards.flatMap((text) => text.match(/KV-[0-9A-Z]{4}-[0-9A-Z]{2}/) ?? []));
  for (const ticket of tickets) {
    // An old card may not have asked yet how it stands; the answer knows.
    await petra.say(ticket);
    const button = petra.message({ text: ticket }).last().getByRole('button', { name: buttons.cancel_, exact: true });
    if ((await button.count()) > 0) await cancel(petra, ticket);
  }
  return { petra, ticket: await askForKey(petra, reason) };
}

/** A ticket in the helpdesk's channel: both of the helpdesk see the same card, each the details alone. */
async function inTheChannel(stage: Stage): Promise<void> {
  const page = await stage.open();
  const { petra, ticket } = await petraAsks(page, 'For the training in the channel');
  const jonas = await groupOf(page, 3, cast.jonas, HELPDESK);
  await jonas.say(`@Keyvouch ticket ${ticket}`);
  const card = await jonas.reads(ticket);
  await card.getByText(cast.petra.name).first().waitFor();
  const suki = await groupOf(page, 2, cast.suki, HELPDESK);
  // Whoever looks at it and is of the helpdesk has it turn into their own by itself.
  await suki.reads(shared.onlyYou);
  await suki.press(buttons.comment_, await suki.reads(ticket));
  await suki.fill(helpdesk.comment, 'She is in the training room today');
  await suki.press(buttons.comment, await suki.reads(ticket));
  await suki.reads('She is in the training room today');
  // Jonas is looking at it too, so his own view follows by itself.
  await jonas.reads('She is in the training room today');
  await cancel(petra, ticket);
  for (const one of [jonas, suki]) {
    const after = await one.reads(statuses.cancelled);
    assert.match(await readingOf(after), new RegExp(ticket));
  }
  assert.equal(await jonas.messages().filter({ hasText: ticket }).count(), 2, 'what was written, and one card');
}

/** The queue in the helpdesk's channel: figures for all, and each of the helpdesk goes from it to a request. */
async function queueInTheChannel(stage: Stage): Promise<void> {
  const page = await stage.open();
  const { petra, ticket } = await petraAsks(page, 'Found in the queue');
  const suki = await groupOf(page, 2, cast.suki, HELPDESK);
  const jonas = await groupOf(page, 3, cast.jonas, HELPDESK);
  await jonas.say('@Keyvouch queue');
  const list = await suki.reads(buttons.filter_);
  await list.getByText(words.shared.onlyYou).waitFor();
  await suki.press(buttons.open_ticket.replace('{ticket}', ticket), list);
  await suki.press(buttons.share, await suki.reads('Found in the queue'));
  // Jonas' client shows the new card as his own, and his queue stays.
  const shown = await jonas.reads(ticket);
  await shown.getByText(cast.petra.name).first().waitFor();
  await cancel(petra, ticket);
  await jonas.reads(statuses.cancelled);
}

/** Where others are too nothing of a ticket is told, and the helpdesk hears why. */
async function whereOthersAre(stage: Stage): Promise<void> {
  const page = await stage.open();
  const { petra, ticket } = await petraAsks(page, 'Nothing for everybody');
  const mara = await groupOf(page, 2, cast.mara, MIXED);
  const jonas = await groupOf(page, 3, cast.jonas, MIXED);
  await jonas.say(`@Keyvouch ticket ${ticket}`);
  await mara.reads(words.refusals['place-not-helpdesk'].say);
  await mara.say(`@Keyvouch ticket ${ticket}`);
  await jonas.reads(words.refusals['share-helpdesk-only'].say);
  await mara.say('@Keyvouch what do you do?');
  await jonas.reads(group.title);
  assert.equal(await mara.messages().filter({ hasText: 'Nothing for everybody' }).count(), 0);
  await cancel(petra, ticket);
}

/** The search beside the message box: each finds their own, and what is put there names nobody. */
async function searched(stage: Stage): Promise<void> {
  const page = await stage.open();
  const { petra, ticket } = await petraAsks(page, 'Found by the search');
  const mara = await groupOf(page, 2, cast.mara, MIXED);
  const jonas = await groupOf(page, 3, cast.jonas, MIXED);
  assert.equal(await mara.finds('Requests', ticket), search.none);
  assert.equal(await mara.finds('People', 'Petra'), search.helpdeskOnly);
  await jonas.choose('Requests', 'petra', ticket);
  const card = await mara.reads(ticket);
  const said = await readingOf(card);
  assert.doesNotMatch(said, /Petra|Found by/, 'it says which ticket and how it stands, and nothing of anybody');
  assert.match(said, new RegExp(statuses.waiting));
  await jonas.choose('People', 'Petra', cast.petra.upn);
  const person = await readingOf(await mara.reads(search.personHint));
  assert.match(person, /Petra/);
  assert.doesNotMatch(person, /@/, 'no address is told');
  await cancel(petra, ticket);
}

export const groups: readonly TestCase[] = [
  { name: 'groups: a ticket in the helpdesk’s channel, each of them with a view of their own', run: inTheChannel },
  { name: 'groups: the queue in the helpdesk’s channel, and a request shown from it', run: queueInTheChannel },
  { name: 'groups: where others are too no ticket is shown, and why is said', run: whereOthersAre },
  { name: 'groups: the search beside a message box, and what it puts there', run: searched },
];
