import { type Exchange } from '../../local/teams';
import { leaksIn } from './canaries';
import { traceOf } from './exchange-trace';

const PASS = 'd#MTXEuK';
const card = (...texts: string[]) => ({
  body: texts.map((text) => ({ inlines: [{ type: 'TextRun', size: 'extraLarge', text }] })),
});
const exchange = (change: Partial<Exchange>): Exchange => ({
  at: '2026-03-02T09:00:00Z',
  way: 'to-bot',
  method: 'POST',
  path: '/api/messages',
  request: {},
  status: 200,
  reply: {},
  ...change,
});
const hits = (change: Partial<Exchange>) =>
  leaksIn([traceOf(exchange(change))], [{ name: 'pass', value: PASS }]).length;

it.each([
  ['the one reply', 0, { reply: { value: card(PASS) } }],
  ['the pass twice in that reply', 1, { reply: { value: card(PASS, PASS) } }],
  ['a posted card', 1, { way: 'from-bot', request: { attachments: [card(PASS)] } }],
  ['a code typed by its owner', 0, { request: { value: { action: { data: { code: PASS } } } } }],
  ['that code anywhere else in the click', 1, { request: { value: { action: { data: { code: PASS, x: PASS } } } } }],
] as const)('counts %s as %i', (_what, count, change) => {
  expect(hits(change)).toBe(count);
});
