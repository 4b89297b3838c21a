import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const sources = ['bot', 'functions'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name)),
);

/**
 * teams-ai 1.7.4: once a handler of `adaptiveCards.actionExecute` has returned a card with `refresh`, every later card of
 * that verb, for anybody, is also written into the shared message: one person's pass would stand in another's chat. Our
 * own route answers each invoke by itself (bot.ts), and that library's is never used.
 */
test('no source of the product uses actionExecute of teams-ai', () => {
  expect(sources.length).toBeGreaterThan(100);
  const using = sources.filter((name) =>
    /actionExecute\s*[(<[]|\[\s*['"`]actionExecute/.test(readFileSync(join(ROOT, name), 'utf8')),
  );
  expect(using).toEqual([]);
});

test('a refresh is put on cards in one place, which says for whom', () => {
  const cards = readdirSync(join(ROOT, 'cards'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const using = cards.filter((name) =>
    /\brefresh:\s*\{\s*(action|userIds)/.test(readFileSync(join(ROOT, 'cards', name), 'utf8')),
  );
  expect(using).toEqual(['refresh.ts']);
});
