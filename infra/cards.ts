import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { ALL_WORDS } from '../cards';
import { type Theme } from './cards/host-config';
import { galleryPage, THEMES } from './cards/page';
import { samples } from './cards/samples';

interface Options {
  out: string;
  pictures: boolean;
  only: string;
  axe: boolean;
  perPart?: number;
  theme?: Theme;
  width?: string;
  lang?: string;
}

/** Writes a page with every card in every state; with --pictures also a picture of each part of them. */
async function main({ out, pictures, only, axe, perPart, theme, width, lang }: Options): Promise<void> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const page = join(folder, 'index.html');
  const all = samples();
  await writeFile(page, await galleryPage(all, perPart));
  console.log(`${all.length} cards: ${page}`);
  if (!pictures) return;
  const { takePictures } = await import('./cards/pictures');
  const found = await takePictures(page, folder, {
    themes: theme === undefined ? THEMES : [theme],
    widths: width === undefined ? [320, 480] : [Number(width)],
    languages: lang === undefined ? ALL_WORDS.map((words) => words.lang) : [lang],
    only,
    axe,
  });
  if (!axe) return;
  for (const one of found) console.log(one);
  console.log(`${found.length} things are hard to use.`);
  if (found.length > 0) process.exitCode = 1;
}

const languages = ALL_WORDS.map(({ lang }) => lang);
const program = new Command('cards')
  .description('Every card in every state, as Teams would draw it')
  .option('--out <folder>', 'where to write', 'dist/cards')
  .option('--pictures', 'take pictures with Chromium and look for what is hard to use', false)
  .option(
    '--only <start>',
    'pictures of those cards whose names begin so: progress, approval, "helpdesk: looked" …',
    '',
  )
  .option('--no-axe', 'pictures alone, several times as fast')
  .option('--per-part <count>', 'cards in one picture', Number)
  .addOption(new Option('--theme <theme>', 'one theme only').choices(THEMES))
  .addOption(new Option('--width <pixels>', 'one width only').choices(['320', '480']))
  .addOption(new Option('--lang <language>', 'one language only').choices(languages))
  .action(main);

void program.parseAsync();
