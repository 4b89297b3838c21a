import { wordsFor } from '../../cards';
import { cardBreaches } from './card-rules';
import { SECRETS } from './sample';
import { samples } from './samples';

const card = samples()
  .find(({ name }) => name === 'progress: code, as subject')!
  .draw(wordsFor('en'));
const json = JSON.stringify(card);

/** The same card with one thing changed in its JSON. */
function changed(from: string | RegExp, to: string): object {
  const after = json.replace(from, to);
  expect(after).not.toBe(json);
  return JSON.parse(after) as object;
}

test('the card itself is fine', () => {
  expect(cardBreaches(card)).toEqual([]);
});

test.each([
  ['another version', '"version":"1.5"', '"version":"1.6"', /version/],
  ['an unknown verb', /"verb":"vouch"/g, '"verb":"wouch"', /no such verb/],
  [
    'a verb that its data does not name',
    '"verb":"vouch","data":{"verb":"vouch"',
    '"verb":"vouch","data":{"verb":"cancel"',
    /names another verb/,
  ],
  [
    'no fallback',
    /"fallback":\{"type":"Action.Submit","title":"Check the code".*?"auto"\}/,
    '"fallback":"drop"',
    /no Action.Submit/,
  ],
  ['a fallback of other data', /("fallback":\{.*?"nonce":")v7/, '$1v8', /something else/],
  ['an input without label', '"label":"Code of 6 digits",', '', /no label/],
  ['a required input without message', /"errorMessage":"[^"]*",/, '', /no errorMessage/],
  ['an input that overwrites data', '"id":"code"', '"id":"ticket"', /overwrites/],
  ['text that does not wrap', '"wrap":true', '"wrap":false', /does not wrap/],
  ['a column of fixed width', '"width":"auto"', '"width":"80px"', /fixed width/],
  ['a place that was not filled', 'Jonas Weber', '{approver}', /not filled/],
  ['a missing value', 'Jonas Weber', 'undefined', /value is missing/],
  ['a secret', 'Jonas Weber', SECRETS.pass, /shows the secret "pass"/],
  ['an unknown element', '"type":"ActionSet"', '"type":"Carousel"', /./],
  ['too much text', 'Jonas Weber', 'x'.repeat(30_000), /bytes are more/],
  ['a mention', '"version":"1.5"', '"version":"1.5","msteams":{"entities":[]}', /mention/],
])('%s is found', (_what, from, to, breach) => {
  expect(cardBreaches(changed(from, to)).join('\n')).toMatch(breach);
});

test('a show that has a fallback is found, and a secret card without its secret', () => {
  const show = changed(/"verb":"vouch"/g, '"verb":"show"');
  expect(cardBreaches(show)).toContain('show: has a fallback');
  expect(cardBreaches(card, [SECRETS.pass])).toContain('does not show its secret letter by letter');
});
