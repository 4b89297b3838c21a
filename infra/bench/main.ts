import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { agentStartFigures } from './agent-start';
import { clickFigures } from './clicks';
import { coldStartFigures } from './cold-start';
import { type Figure, holds, line, ratio } from './figures';
import { decisionFigures } from './decisions';
import { growthFigures } from './growth/figures';
import { keyFigures } from './key/figures';

/** What there is to measure, by the name that `--only` takes. */
const PARTS: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'cold-start': coldStartFigures,
  'agent-start': agentStartFigures,
  clicks: clickFigures,
  decisions: decisionFigures,
  key: keyFigures,
  growth: growthFigures,
};

const HELP = `npm run bench [-- OPTION…]: figures beside a peer's in the same run.
  --only PART   one part (may be given several times): ${Object.keys(PARTS).join(', ')}
  --json FILE   writes the figures as JSON`;

/**
 * `npm run bench [-- --only PART] [--json FILE]`: figures beside a peer's in the same run, with goal and verdict where
 * something was promised. It measures what `npm run build` made.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'string' }, only: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const unknown = values.only?.find((part) => !Object.hasOwn(PARTS, part));
  if (unknown !== undefined) {
    throw new Error(`There is no part "${unknown}". There are: ${Object.keys(PARTS).join(', ')}.`);
  }
  if (!existsSync(resolve(__dirname, '../../dist/functions/main.cjs'))) {
    throw new Error('There is nothing to measure yet. Run "npm run build" first.');
  }
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (values.only?.includes(name) === false) continue;
    for (const figure of await measure()) {
      figures.push(figure);
      console.log(line(figure));
    }
  }
  const promised = figures.flatMap((figure) => holds(figure) ?? []);
  if (promised.length > 0) {
    console.log(`${promised.filter(Boolean).length} of ${promised.length} goals hold`);
  }
  if (values.json) {
    const rows = figures.map((figure) => ({ ...figure, ratio: ratio(figure), holds: holds(figure) }));
    writeFileSync(values.json, `${JSON.stringify({ node: process.version, figures: rows }, null, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
