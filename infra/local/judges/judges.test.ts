import { parseVerdicts } from './judges';
import { summary, verdictTable } from './table';
import { unjudged } from './unjudged';
import { parseVerdictLine, type Verdict, verdictLine } from './verdict';

describe("the judges' lines", () => {
  const of = { judge: 'j 1.0', profile: 'modern' };
  const output = 'ok info\nnoise\nFAILED set PIN: PIN_AUTH_INVALID: not so (51)\nTraceback: ok then\n';
  const verdicts: Verdict[] = [
    { ...of, operation: 'call by call: info', outcome: 'PASS' },
    { ...of, operation: 'call by call: set PIN', outcome: 'FAIL', why: 'PIN_AUTH_INVALID: not so (51)' },
  ];

  test('only "ok" and "FAILED" lines count', () => {
    expect(parseVerdicts(of, output)).toEqual(verdicts);
  });

  test('become a table', () => {
    expect(verdictTable(verdicts).split('\n')).toEqual([
      'PASS  modern  j 1.0  call by call: info',
      'FAIL  modern  j 1.0  call by call: set PIN  PIN_AUTH_INVALID: not so (51)',
    ]);
  });

  test('what no judge knows counts neither way', () => {
    expect(summary([...verdicts, ...unjudged])).toBe('1 passed, 1 failed');
  });

  test.each(verdicts)('a verdict comes over a line of text as it was: $operation', (verdict) => {
    expect(parseVerdictLine(verdictLine(verdict))).toEqual(verdict);
  });

  test.each(['', 'VERDICT', 'VERDICT {}', 'VERDICT {"judge":1}', 'x VERDICT {}'])('%j is no verdict', (line) => {
    expect(parseVerdictLine(line)).toBeUndefined();
  });
});
