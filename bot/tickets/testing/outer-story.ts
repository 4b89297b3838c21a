import type FastCheck from 'fast-check';
import { OUTER_CHANNELS } from '../outer';
import { SERVICE } from '../people';
import { type Body } from './body';
import { HELEN, person } from './story';

/** Steps of the link to an outer ticket system: what its answers bring, proper and not, and what people type. */
export function anyOuter(fc: typeof FastCheck): FastCheck.Arbitrary<Body> {
  const to = fc.constantFrom(...OUTER_CHANNELS);
  const number = fc.constantFrom('INC1', 'IT-7', ' ', 'x'.repeat(41), '<b>1</b>');
  const url = fc.constantFrom('https://it.example/1', 'http://it.example/1', 'javascript:alert(1)', '');
  const answer = fc.option(
    fc.record({ number, url }).map((one) => (one.url === '' ? { number: one.number } : one)),
    { nil: undefined },
  );
  return fc.oneof(
    fc.record({ to, answer }).map(({ to: by, answer: said }): Body => {
      return { kind: 'outer-told', to: by, by: SERVICE, ...(said && { number: said }) };
    }),
    fc.record({
      kind: fc.constant('outer-failed' as const),
      by: fc.constant(SERVICE),
      to,
      code: fc.constantFrom('outer-gone', 'outer-unreachable'),
    }),
    fc.record({
      kind: fc.constant('outer-number' as const),
      by: fc.constant(person(HELEN)),
      helpdesk: fc.boolean(),
      number,
      url,
    }),
  );
}
