import { Fault } from '../../agent/protocol/fault';
import { createPatience, retryAfterMs } from './patience';

it.each([
  ['7', 7_000],
  ['0.5', 500],
  ['Thu, 01 Jan 1970 00:00:09 GMT', 8_000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['86400', 3_600_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %p asks for %p ms', (header, ms) => {
  expect(retryAfterMs(header, 1_000)).toBe(ms);
});

it('keeps a pause in its conversation, and only there, until it is over', () => {
  let now = 0;
  const patience = createPatience(() => now);
  patience.ask('a', 10_000);
  patience.ask('a', 4_000);
  expect(() => patience.check('b')).not.toThrow();
  now = 9_000;
  const thrown = (() => {
    try {
      patience.check('a');
    } catch (error) {
      return error;
    }
    return undefined;
  })();
  expect(thrown).toBeInstanceOf(Fault);
  expect(thrown).toMatchObject({ code: 'teams-unreachable', retry: true, retryAfterMs: 1_000 });
  now = 10_000;
  expect(() => patience.check('a')).not.toThrow();
});
