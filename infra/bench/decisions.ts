import { people } from '../local/entra';
import { openHouse } from '../proofs/rig/house/house';
import { createRoom, plainly } from '../proofs/rig/house/room';
import { approve } from '../proofs/rig/house/walk';
import { type Figure, timed } from './figures';

const TICKETS = 40;
const AT_ONCE = 8;

/**
 * Decisions a second of one process: a card's click through the bot's door, everything read again in Entra, the decision
 * signed and committed, and all that follows from it done. The tables are in memory: Azure's own take their time besides.
 */
export async function decisionFigures(): Promise<Figure[]> {
  const house = await openHouse({ crowd: TICKETS });
  try {
    const room = createRoom(house);
    const open: string[] = [];
    for (let n = 0; n < TICKETS; n += 1)
      open.push(await room.open('onboarding', plainly('onboarding', room.somebody())));
    const [first = '', ...rest] = open;
    const alone = await timed(() => approve(room, first, people.mara));
    const lanes = Array.from({ length: AT_ONCE }, async () => {
      for (let id = rest.shift(); id !== undefined; id = rest.shift()) await approve(room, id, people.mara);
    });
    const count = rest.length + AT_ONCE;
    const together = await timed(() => Promise.all(lanes));
    return [
      {
        id: 'decisions-a-second',
        what: `decisions with all that follows, ${AT_ONCE} at once, one process`,
        ours: count / (together / 1000),
        peer: 'one after the other',
        peers: 1000 / alone,
        unit: 'a second',
      },
    ];
  } finally {
    await house.close();
  }
}
