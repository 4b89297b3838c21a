import { setTimeout as pause } from 'node:timers/promises';
import { people } from '../../local/entra';
import { rowsIn } from '../../proofs/rig/memory-tables';
import { openPlayedClock } from '../../proofs/rig/played/clock';
import { type House, openHouse } from '../../proofs/rig/played/house';
import { countingTable, type Tally } from './counting-table';
import { fill } from './fill';

/** The clicks whose cost must not grow. */
export const CLICKS = ['open', 'approve', 'my tickets', 'queue'] as const;
export type Click = (typeof CLICKS)[number];

const START = Date.parse('2026-03-02T08:00:00Z');
/** How often the timers tick; how long what follows from a click is waited for; when the first anchor is behind us. */
const TICK_MS = 60_000;
const FOLLOWS_MS = 10_000;
const ANCHORED_MS = 11 * 60_000;
const { sean, mara, jonas } = people;

/** What each click asks of the tables, with all that follows from it, among so many tickets. */
export async function tallies(tickets: number): Promise<Record<Click, Tally>> {
  const clock = openPlayedClock(START);
  try {
    const tally: Tally = { calls: 0, rows: 0 };
    const house = await openHouse({
      clock,
      remember: false,
      around: (table) => countingTable(table, tally, () => rowsIn(table)),
    });
    try {
      const named = ({ id, upn }: { id: string; upn: string }) => ({ id, name: upn });
      await fill(house.truth, tickets, clock.now(), { requester: named(sean), approver: named(mara) });
      return await clock.drive(() => press(house, tally));
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
    // The tables of this run are garbage before the next one's are made.
    await pause(0);
  }
}

async function press(house: House, tally: Tally): Promise<Record<Click, Tally>> {
  const { crowd, clock } = house;
  const measured = async (work: () => Promise<unknown>): Promise<Tally> => {
    // Between two ticks of the timers, whose looks are no click's.
    await clock.sleep(TICK_MS + 1_000 - (clock.now().getTime() % TICK_MS));
    Object.assign(tally, { calls: 0, rows: 0 });
    await work();
    await clock.sleep(FOLLOWS_MS);
    return { ...tally };
  };
  // What the filling has left to anchor is none's either.
  await clock.sleep(ANCHORED_MS);
  await crowd.say(sean.id, 'security key');
  const form = crowd.newestWith(sean.id, 'send-request');
  if (!form) throw new Error('no form to open a ticket with');
  const open = await measured(() => crowd.press(sean.id, form, 'send-request', { reason: 'My first day at work.' }));
  const card = crowd.newestWith(mara.id, 'approve');
  if (!card) throw new Error(`no card to approve on: ${JSON.stringify(crowd.chat(sean.id).at(-1))}`);
  const approve = await measured(() => crowd.press(mara.id, card, 'approve', { how: 'video' }));
  const mine = await measured(() => crowd.say(sean.id, 'my requests'));
  const queue = await measured(() => crowd.say(jonas.id, 'queue'));
  return { open, approve, 'my tickets': mine, queue };
}
