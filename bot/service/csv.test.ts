import { csvLine } from './csv';

test.each<[string, (string | number)[], string]>([
  ['plain', ['a', 1, ''], '"a","1",""'],
  ['a comma, quotes and a line break', ['a,b', 'say "x"', 'one\r\ntwo'], '"a,b","say ""x""","one\r\ntwo"'],
  ['letters of all kinds', ['Ångström 🗝️'], '"Ångström 🗝️"'],
  ['formulas', ['=1+1', '+1', '-1', '@SUM(A1)'], `"'=1+1","'+1","'-1","'@SUM(A1)"`],
  ['formulas behind white space', ['\t=1', '\r=1', '\n=1'], `"'\t=1","'\r=1","'\n=1"`],
  ['a sign inside', ['a=1', '1-2'], '"a=1","1-2"'],
])('%s', (_, fields, line) => expect(csvLine(fields)).toBe(line));

test('what a reader of RFC 4180 reads is what was written, but for the guard', () => {
  const fields = ['x', '"', ',', '\r\n', '""', 'a"b,c\r\nd'];
  const read = [...csvLine(fields).matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, text = '']) =>
    text.replaceAll('""', '"'),
  );
  expect(read).toEqual(fields.map((field) => (/^[\r\n]/.test(field) ? `'${field}` : field)));
});
