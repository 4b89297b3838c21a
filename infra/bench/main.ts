import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clickFigures } from './clicks';
import { coldStartFigures } from './cold-start';
import { ratio } from './figures';

/** `npm run bench [-- --json FILE]`: figures beside a peer's in the same run. It measures what `npm run build` made. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  if (!existsSync(resolve(__dirname, '../../dist/functions/main.cjs'))) {
    throw new Error('There is nothing to measure yet. Run "npm run build" first.');
  }
  const figures = [...(await coldStartFigures()), ...(await clickFigures())];
  for (const figure of figures) {
    const { what, ours, peer, peers } = figure;
    console.log(
      `${what}: ${ours.toFixed(1)} ms, ${ratio(figure).toFixed(1)} times the ${peers.toFixed(1)} ms of ${peer}`,
    );
  }
  if (values.json) {
    const rows = figures.map((figure) => ({ ...figure, ratio: ratio(figure) }));
    writeFileSync(values.json, `${JSON.stringify({ node: process.version, figures: rows }, null, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
