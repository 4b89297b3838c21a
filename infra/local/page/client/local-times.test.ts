import { cardWithLocalTimes, withLocalTimes } from './local-times';

const AT = '2026-01-12T07:48:00Z';
const local = (options: Intl.DateTimeFormatOptions) => new Date(AT).toLocaleDateString('de-DE', options);

test.each([
  [`{{DATE(${AT})}}`, local({})],
  [`{{DATE(${AT}, SHORT)}}`, local({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })],
  [`{{DATE(${AT},LONG)}}`, local({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })],
  [`um {{TIME(${AT})}}.`, `um ${new Date(AT).toLocaleTimeString('de-DE', { hour: 'numeric', minute: '2-digit' })}.`],
  ['{{DATE(tomorrow)}}', '{{DATE(tomorrow)}}'],
])('%s reads as the person’s own clock and language', (text, read) => {
  expect(withLocalTimes(text, 'de-DE')).toBe(read);
});

test('facts are read, data that a click sends back is not', () => {
  const card = {
    type: 'AdaptiveCard',
    body: [{ type: 'FactSet', facts: [{ title: 'When', value: `{{DATE(${AT})}}` }] }],
    actions: [{ type: 'Action.Execute', title: `{{DATE(${AT})}}`, data: { at: `{{DATE(${AT})}}` } }],
  };
  expect(cardWithLocalTimes(card, 'de-DE')).toEqual({
    ...card,
    body: [{ type: 'FactSet', facts: [{ title: 'When', value: local({}) }] }],
    actions: [{ type: 'Action.Execute', title: local({}), data: { at: `{{DATE(${AT})}}` } }],
  });
});
