import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPalette } from './png-palette';
import { type Stage } from './stage';

const FOLDER = join(__dirname, 'pictures');
/** The README shows them side by side with text: small enough to load at once. */
const AT_MOST_BYTES = 150_000;

/** Keeps pictures for the README. @throws Error where one is too large to be put into a repository */
export function keepPictures(): Stage['picture'] {
  mkdirSync(FOLDER, { recursive: true });
  return async (page, name, { colours = 'light' } = {}) => {
    await page.emulateMedia({ colorScheme: colours });
    const png = withPalette(await page.screenshot({ animations: 'disabled' }));
    await page.emulateMedia({ colorScheme: 'light' });
    if (png.length > AT_MOST_BYTES) throw new Error(`the picture "${name}" has ${png.length} bytes`);
    writeFileSync(join(FOLDER, `${name}.png`), png);
    console.log(`     ${name}.png, ${Math.ceil(png.length / 1000)} kB`);
  };
}

/** Where no pictures are wanted. */
export const noPictures: Stage['picture'] = async () => undefined;
