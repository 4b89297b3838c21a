import { people } from '../local/entra';
import { openHouse } from '../proofs/rig/house/house';
import { createRoom, plainly } from '../proofs/rig/house/room';
import { approve } from '../proofs/rig/house/walk';
import { type Figure, timed } from './figures';

const TICKETS = 60;
/** Before anything is measured, and then one after the other. */
const WARM = 5;
const ALONE = 15;
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
    const decide = async (ids: string[]): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) await approve(room, id, people.mara);
    };
    await decide(open.splice(0, WARM));
    const alone = await timed(() => decide(open.splice(0, ALONE)));
    const count = open.length;
    const together = await timed(() => Promise.all(Array.from({ length: AT_ONCE }, () => decide(open))));
    return [
      {
        id: 'decisions-a-second',
        what: `decisions with all that follows, ${AT_ONCE} at once, one process`,
        ours: count / (together / 1000),
        peer: 'one after the other',
        peers: ALONE / (alone / 1000),
        unit: 'a second',
      },
    ];
  } finally {
    await house.close();
  }
}
