import fc from 'fast-check';
import { passMayLive } from './alive';
import { decide } from './decide/decide';
import { dueTimes } from './due';
import { evolve } from './evolve';
import { SERVICE } from './people';
import { hasStep } from './plan';
import { laws } from './testing/law';
import { START } from './testing/story';
import { plusSeconds } from './time';

/** Laws of what time alone does to a ticket, whatever was done to it before. */

const law = laws(fc);

law('ticks come to rest', ({ ticket, moves }) => {
  let now = ticket;
  const at = plusSeconds(moves.at(-1)?.command.at ?? START, 1);
  for (let n = 0; n < 8; n += 1) {
    const { events } = decide(now, { kind: 'tick', at, by: SERVICE });
    now = events.reduce(evolve, now);
  }
  expect(decide(now, { kind: 'tick', at, by: SERVICE }).events).toEqual([]);
});

law('whatever time does, a due time says when: none is ever overlooked', ({ moves }) => {
  for (const { after, command } of moves) {
    for (const later of [0, 1, 30, 700, 3700, 36_000, 90_000]) {
      const at = plusSeconds(command.at, later);
      const { events } = decide(after, { kind: 'tick', at, by: SERVICE });
      if (events.length > 0) expect(dueTimes(after).some((due) => due <= at)).toBe(true);
    }
  }
});

law('an open ticket always waits for something: a button, a moment, or an effect under way', ({ ticket, moves }) => {
  if (ticket.closedAt) {
    expect(dueTimes(ticket)).toEqual([]);
    return;
  }
  // It waits for two people of the helpdesk, who are called.
  if (ticket.status === 'frozen') return;
  expect(dueTimes(ticket).length).toBeGreaterThan(0);
  // After its own time it goes on only where something is alive that an effect or a later moment ends.
  const at = plusSeconds(moves.at(-1)?.command.at ?? START, 400_000);
  let now = ticket;
  for (let n = 0; n < 8; n += 1) now = decide(now, { kind: 'tick', at, by: SERVICE }).events.reduce(evolve, now);
  const underWay = now.job?.state === 'made' || passMayLive(now) || now.passkey !== undefined;
  if (!underWay) expect(now.closedAt).toBeDefined();
  // And the effects that are under way bring it to an end.
  for (const { number } of now.generations) {
    const settled = { kind: 'pass-settled', generation: number, deleted: true, at, by: SERVICE } as const;
    now = decide(now, settled).events.reduce(evolve, now);
  }
  for (const { passkey } of now.removals) {
    const removed = { kind: 'passkey-removed', methodId: passkey.methodId, how: 'gone', at, by: SERVICE } as const;
    now = decide(now, removed).events.reduce(evolve, now);
  }
  now = decide(now, { kind: 'sessions-revoked', at, by: SERVICE }).events.reduce(evolve, now);
  if (now.job?.state === 'made') {
    const failed = { kind: 'job-failed', job: now.job.id, code: 'x', orphan: true, at, by: SERVICE } as const;
    now = decide(now, failed).events.reduce(evolve, now);
  }
  now = decide(now, { kind: 'tick', at, by: SERVICE }).events.reduce(evolve, now);
  expect(now.closedAt).toBeDefined();
});

law('a lost key that was approved of is due to go within ten minutes, whoever does what', ({ moves }) => {
  for (const { after, command } of moves) {
    if (!after.decidedAt || after.status !== 'approved') continue;
    // A key in its owner's hand goes when it is erased.
    if (hasStep(after, 'reset') || !after.removals.some(({ state }) => state === 'named')) continue;
    const at = plusSeconds(after.decidedAt, 600);
    if (at < command.at) continue;
    let now = after;
    for (let n = 0; n < 8; n += 1) now = decide(now, { kind: 'tick', at, by: SERVICE }).events.reduce(evolve, now);
    expect(now.removals.map(({ state }) => state)).not.toContain('named');
  }
});
