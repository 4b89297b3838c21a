import { textOf } from './mail-port';

test('a mail in simple HTML reads as a mail program shows it', () => {
  const html =
    '<!doctype html><html><head><title>x</title></head><body>\n<p>Ada &lt;b&gt; &amp;amp; Bob</p>\n' +
    '<p><a href="https://a.example/x"><b>Stop</b></a></p>\n</body></html>';
  expect(textOf(html)).toBe('Ada <b> &amp; Bob\n\nStop: https://a.example/x');
});

test('a mail of plain text stays as it is', () => {
  expect(textOf('one\ntwo')).toBe('one\ntwo');
});
