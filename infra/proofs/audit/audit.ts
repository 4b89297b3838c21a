import { ADA } from '../../../bot/storage/example.fixture';
import { verifyOutside } from '../../../bot/storage/ledger/verify-ledger';
import { type Effort, type Finding, type Proof } from '../proof';
import { createDice, type Dice } from '../seed';
import { anchorNow, type Books, fill, go, open, openMemoryBooks, type Volume } from './books';
import { failAtEachWrite } from './failing-writes';
import { type MemoryTable } from './memory-table';
import { tamperOnAzurite } from './on-azurite';
import { dropTickets, tamperWithAnchors, tamperWithLog } from './tamper-anchors';
import { type History, keepHistory, type Tally, tamperWithEach } from './tamper-rows';

const QUICK: Volume = { tickets: 150, records: 20, atOnce: 50 };
const FULL: Volume = { tickets: 5_000, records: 20, atOnce: 250 };
const CONTROL: Volume = { tickets: 20, records: 20, atOnce: 20 };
/** How many anchors and tickets of those are tampered with; each record is. */
const PLACES = { quick: 10, full: 20 };
const VERIFY_SECONDS = 10;
const PROMISE =
  'no effect without its record; any changed, dropped, added or reordered record is found, by someone who recomputes all hashes, cuts tails and drops whole partitions too';

/** Books of so many records, with an erasure among them. */
async function filled(volume: Volume): Promise<{ books: Books<MemoryTable>; history: History }> {
  const books = await openMemoryBooks();
  await erasedTicket(books);
  const history = keepHistory(books.tables.tickets);
  await fill(books, volume);
  return { books, history };
}

/** A ticket that was closed and then erased: its records still hold. */
async function erasedTicket(books: Books): Promise<void> {
  const stored = await open(books);
  await go(books, stored, { change: { status: 'done', closedAt: books.now().toISOString() } });
  await books.ledger.carryOut(await books.ledger.plan({ person: ADA.id }), 'proof');
  await anchorNow(books);
}

async function tamper(
  books: Books<MemoryTable>,
  history: History,
  dice: Dice,
  { quick, progress }: Effort,
): Promise<Tally[]> {
  const outside = await verifyOutside(books.parts);
  const places = quick ? PLACES.quick : PLACES.full;
  return [
    tamperWithEach(books, outside, history, dice, (done) => progress(`${done} records tampered with`)),
    dropTickets(books, outside, dice, places * 10),
    await tamperWithAnchors(books, outside, dice, places),
    await tamperWithLog(books, outside),
    await tamperOnAzurite(progress),
  ];
}

async function run(effort: Effort): Promise<Finding> {
  const dice = createDice(effort.seed);
  const volume = effort.quick ? QUICK : FULL;
  const { books, history } = await filled(volume);
  effort.progress(`${volume.tickets * volume.records} records written`);
  const begun = performance.now();
  const verdict = await books.ledger.verify();
  const seconds = Math.round((performance.now() - begun) / 10) / 100;
  effort.progress(`${verdict.records} records verified in ${seconds} s`);
  const tallies = await tamper(books, history, dice, effort);
  const failures = await failAtEachWrite();
  const tried = tallies.reduce((sum, tally) => sum + tally.tried, 0);
  const missed = tallies.flatMap((tally) => tally.missed);
  const violations = [
    ...verdict.findings.map(({ where, what }) => `untouched, and yet ${where}: ${what}`),
    ...missed.map((what) => `not found: ${what}`),
    ...failures.violations,
    ...(seconds < VERIFY_SECONDS ? [] : [`verified in ${seconds} s`]),
  ];
  return {
    id: 'audit',
    promise: PROMISE,
    figure:
      `${tried - missed.length} of ${tried} forgeries found; ${verdict.records} records verified in ${seconds} s; ` +
      `${failures.violations.length} effects without a record at ${failures.tried} failing writes`,
    goal: `all found, under ${VERIFY_SECONDS} s, 0`,
    holds: violations.length === 0,
    violations,
    facts: { tried, seconds, ...verdict, findings: verdict.findings.length, byName: tallies.map((t) => t.byName) },
  };
}

/** As if there were no anchors: who has kept an older sealed state can then put it back and cut off what came after. */
async function withoutGuard({ seed, progress }: Effort): Promise<Finding> {
  const { books, history } = await filled(CONTROL);
  const { tried, missed } = tamperWithEach(books, undefined, history, createDice(seed), () => undefined);
  progress(`${tried} records tampered with, and no anchors`);
  return {
    id: 'audit',
    promise: PROMISE,
    figure: `${tried - missed.length} of ${tried} forgeries found, without the anchors`,
    goal: 'all found',
    holds: missed.length === 0,
    violations: missed,
    facts: { tried, missed: missed.length },
  };
}

export const audit: Proof = { id: 'audit', run, withoutGuard };
