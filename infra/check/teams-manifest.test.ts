import { inflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, ICONS } from '../teams/icons';
import { PLACEHOLDER, teamsPackage } from '../teams/package';
import { encodePng, readPngHeader } from '../teams/png';
import { packageBreaches } from './teams-manifest';

const root = join(__dirname, '..', '..');
const good = () => teamsPackage({ ...PLACEHOLDER, version: '1.2.3' });

function edited(file: string, from: string, to: string): Map<string, Buffer> {
  const files = good();
  const text = files.get(file)!.toString();
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return files.set(file, Buffer.from(text.replace(from, to)));
}

test('the package as it is', async () => {
  await expect(packageBreaches(root, good())).resolves.toEqual([]);
});

test('every placeholder is filled in', () => {
  const manifest = good().get('manifest.json')!.toString();
  expect(manifest).not.toContain('${{');
  expect(JSON.parse(manifest)).toMatchObject({ version: '1.2.3', validDomains: ['keyvouch.invalid'] });
});

test.each([
  ['a scope that does not exist', edited('manifest.json', '["personal", "team"', '["everywhere", "team"'), /scopes/],
  ['an unknown field', edited('manifest.json', '"accentColor"', '"accentColour"'), /accentColor/],
  [
    'another version than its schema',
    edited('manifest.json', '"manifestVersion": "1.23"', '"manifestVersion": "1.22"'),
    /version 1\.22/,
  ],
  [
    'a command too many in German',
    edited('de.json', 'commandLists[0].commands[5].title', 'commandLists[0].commands[9].title'),
    /does not translate .*commands\[5\]\.title\.\n.*commands\[9\]/,
  ],
  [
    'a short text that is too long',
    edited('de.json', 'Eine Kollegin', 'Eine sehr freundliche Kollegin'),
    /description\.short has \d+ letters/,
  ],
  [
    'a command that the bot does not answer',
    edited('manifest.json', '"title": "queue"', '"title": "sing"'),
    /"sing" \(en\)/,
  ],
  ['one that it does not answer in German', edited('de.json', '"Warteschlange"', '"Singen"'), /"Singen" \(de\)/],
  [
    'a search that the bot does not know',
    edited('manifest.json', '"id": "people"', '"id": "keys"'),
    /search "keys"[^]*"people"/,
  ],
  [
    'a search with another parameter',
    edited(
      'manifest.json',
      '"name": "text",\n              "title": "Person"',
      '"name": "q",\n              "title": "Person"',
    ),
    /"people" must have the one parameter "text"/,
  ],
  [
    'a search without its German words',
    edited('de.json', '"composeExtensions[0].commands[1].title": "Personen",', ''),
    /does not translate composeExtensions\[0\]\.commands\[1\]\.title/,
  ],
  [
    'a scope without a command',
    edited('manifest.json', '"scopes": ["team", "groupChat"]', '"scopes": ["team"]'),
    /scope "groupChat", and offers no command/,
  ],
  [
    'a language file that is not there',
    edited('manifest.json', '"de.json"', '"fr.json"'),
    /fr\.json, which is not in the package/,
  ],
  [
    'an icon of the wrong size',
    good().set('outline.png', good().get('color.png')!),
    /outline\.png is 192×192, not 32×32/,
  ],
])('%s is found', async (_, files, says) => {
  expect((await packageBreaches(root, files)).join('\n')).toMatch(says);
});

test.each(Object.entries(ICONS))('%s is what icons.ts draws', (name, look) => {
  const pixels = (png: Buffer) => {
    const data = png.indexOf('IDAT', 0, 'ascii');
    return inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
  };
  const file = readFileSync(join(root, 'infra/teams', name));
  expect(pixels(file).equals(pixels(encodePng(look.side, look.side, draw(look))))).toBe(true);
});

test('the outline icon is white on nothing, as Teams asks', () => {
  const pixels = draw(ICONS['outline.png']);
  for (let at = 0; at < pixels.length; at += 4) expect([...pixels.subarray(at, at + 3)]).toEqual([255, 255, 255]);
  expect(new Set(pixels.filter((_, index) => index % 4 === 3)).has(0)).toBe(true);
});

test('what is no PNG is not measured', () => {
  expect(() => readPngHeader(Buffer.from('GIF89a'))).toThrow('not a PNG');
});
