import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { galleryPage } from './cards/page';
import { samples } from './cards/samples';

/** Writes a page with every card in every state; with --pictures also a picture of each group of them. */
async function main({ out, pictures, only }: { out: string; pictures: boolean; only?: string }): Promise<void> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const page = join(folder, 'index.html');
  const all = samples();
  await writeFile(page, await galleryPage(all));
  console.log(`${all.length} cards: ${page}`);
  if (!pictures) return;
  const { takePictures } = await import('./cards/pictures');
  const groups = [...new Set(all.map(({ name }) => name.split(':')[0] ?? name))];
  const found = await takePictures(
    page,
    folder,
    only === undefined ? groups : groups.filter((group) => group === only),
  );
  for (const one of found) console.log(one);
  console.log(`${found.length} things are hard to use.`);
  if (found.length > 0) process.exitCode = 1;
}

const program = new Command('cards')
  .description('Every card in every state, as Teams would draw it')
  .option('--out <folder>', 'where to write', 'dist/cards')
  .option('--pictures', 'take pictures with Chromium and look for what is hard to use', false)
  .option('--only <group>', 'pictures of one group of cards only: progress, approval, pass …')
  .action(main);

void program.parseAsync();
