import { parseVerdicts } from './judges';
import { verdictTable } from './table';

describe("the judges' lines", () => {
  const output = 'ok info\nnoise\nFAILED set PIN: PIN_AUTH_INVALID: not so (51)\nTraceback: ok then\n';

  test('only "ok" and "FAILED" lines count', () => {
    expect(parseVerdicts('j', output)).toEqual([
      { judge: 'j', check: 'info', passed: true },
      { judge: 'j', check: 'set PIN', passed: false, why: 'PIN_AUTH_INVALID: not so (51)' },
    ]);
  });

  test('become a table', () => {
    expect(verdictTable(parseVerdicts('j', output)).split('\n')).toEqual([
      'PASS  j  info',
      'FAIL  j  set PIN  PIN_AUTH_INVALID: not so (51)',
    ]);
  });
});
