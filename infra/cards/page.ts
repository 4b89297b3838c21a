import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ALL_WORDS } from '../../cards';
import { hostConfig, PALETTES, type Theme } from './host-config';
import { type Sample } from './sample';

export const THEMES = Object.keys(PALETTES) as Theme[];

/** So many cards are drawn at once: more make a browser slow. */
const PER_PART = 48;

/** JSON that can stand in a script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}

/**
 * One HTML page, complete in itself, that draws the samples in every theme, width and language, a part at a time.
 * @param perPart how many cards at once
 */
export async function galleryPage(samples: readonly Sample[], perPart = PER_PART): Promise<string> {
  const require = createRequire(__filename);
  const libraries = await Promise.all(
    ['adaptivecards/dist/adaptivecards.min.js', 'markdown-it/dist/markdown-it.min.js'].map((name) =>
      readFile(require.resolve(name), 'utf8'),
    ),
  );
  const cards = samples.map(({ name, draw }) => ({
    name,
    json: Object.fromEntries(ALL_WORDS.map((words) => [words.lang, draw(words)])),
  }));
  const themes = Object.fromEntries(
    THEMES.map((theme) => [theme, { palette: PALETTES[theme], hostConfig: hostConfig(theme) }]),
  );
  const page = await readFile(join(__dirname, 'page.html'), 'utf8');
  return page
    .replace('/*LIBRARIES*/', () => libraries.join('\n').replace(/<\/script/gi, '<\\/script'))
    .replace('/*CARDS*/', () => inScript({ cards, themes, perPart }));
}
