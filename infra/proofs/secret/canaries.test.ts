import { leaksIn } from './canaries';

const pass = { name: 'the pass', value: 'd#MT/Xe+uK' };
const pin = { name: 'the PIN', value: '314159' };

it.each([
  ['as it is', `{"say":"${pass.value}"}`],
  ['in a URL', `?p=${encodeURIComponent(pass.value)}&x`],
  ['in base64', `x ${Buffer.from(pass.value).toString('base64')} y`],
  ['in hex', `x ${Buffer.from(pass.value).toString('hex')} y`],
])('finds a secret %s', (_how, text) => {
  expect(leaksIn([{ where: 'a log', text }], [pass, pin])).toEqual(['the pass stands in: a log']);
});

it('finds a short secret where it stands alone, and not inside a longer number', () => {
  expect(leaksIn([{ where: 'a card', text: 'PIN: 314159.' }], [pin])).toHaveLength(1);
  expect(leaksIn([{ where: 'a stamp', text: '1795314159204 a314159b' }], [pin])).toEqual([]);
});

it('never says the secret itself', () => {
  expect(leaksIn([{ where: 'a log', text: pass.value }], [pass]).join()).not.toContain(pass.value);
});
