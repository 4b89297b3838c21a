import { type Figure } from '../figures';
import { CLICKS, tallies } from './clicks';

const FEW = 1_000;
const MANY = 100_000;
/** How much more a click may ask of the tables among the many. */
const RATIO = 1.1;

/**
 * Whether a click costs more where there are more tickets: storage calls and rows read, with all that follows from the
 * click. Time is not measured here: the tables are in memory.
 */
export async function growthFigures(): Promise<Figure[]> {
  const few = await tallies(FEW);
  const many = await tallies(MANY);
  return CLICKS.flatMap((click) =>
    (['calls', 'rows'] as const).map((unit): Figure => ({
      id: `growth-${click.replace(' ', '-')}-${unit}`,
      what: `${click}, ${unit === 'calls' ? 'storage calls' : 'rows read'} among ${MANY.toLocaleString('en')} tickets`,
      ours: many[click][unit],
      peer: `the same click among ${FEW.toLocaleString('en')}`,
      peers: few[click][unit],
      unit,
      goal: { ratio: RATIO },
    })),
  );
}
