import { verifyOutside } from '../../../bot/storage/ledger/verify-ledger';
import { createDice } from '../seed';
import { fill, openMemoryBooks } from './books';
import { failAtEachWrite } from './failing-writes';
import { FORGERIES } from './forgeries';
import { dropTickets, tamperWithAnchors } from './tamper-anchors';
import { keepHistory, tamperWithEach } from './tamper-rows';

const still = () => undefined;

async function filled() {
  const books = await openMemoryBooks();
  const history = keepHistory(books.tables.tickets);
  await fill(books, { tickets: 12, records: 12, atOnce: 6 });
  return { books, history };
}

test('each record tampered with, by every kind of forgery: all found, and the books are as before', async () => {
  const { books, history } = await filled();
  const before = JSON.stringify([...books.tables.tickets.partitions.values()].map((rows) => [...rows]));
  const outside = await verifyOutside(books.parts);
  expect(outside.findings).toEqual([]);
  const tally = tamperWithEach(books, outside, history, createDice(1), still);
  expect(tally).toMatchObject({ tried: 144, missed: [] });
  expect(Object.keys(tally.byName).sort()).toEqual(FORGERIES.map(({ name }) => name).sort());
  expect(JSON.stringify([...books.tables.tickets.partitions.values()].map((rows) => [...rows]))).toBe(before);
  expect((await tamperWithAnchors(books, outside, createDice(1), 4)).missed).toEqual([]);
  expect(dropTickets(books, outside, createDice(1), 4)).toMatchObject({ tried: 4, missed: [] });
});

test('the control: without the anchors a tail cut off together with its state is not found, nor a dropped part', async () => {
  const { books, history } = await filled();
  const { missed } = tamperWithEach(books, undefined, history, createDice(1), still);
  expect(new Set(missed.map((what) => what.split(': ')[0]))).toEqual(
    new Set(['all after it cut off, the sealed state of then put back', 'its personal part dropped']),
  );
});

test('storage that fails at any write leaves no effect without its record', async () => {
  const { tried, violations } = await failAtEachWrite();
  expect(violations).toEqual([]);
  expect(tried).toBeGreaterThan(20);
});
