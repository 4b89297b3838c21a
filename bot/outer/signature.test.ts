import { execFileSync } from 'node:child_process';
import { Secret } from '../../agent/protocol/secret';
import { signatureOf } from './signature';
import { isFromKeyvouch } from './verify-signature';

const BODY = '{"version":1,"id":"01JNGZ0000000000000000K7Q2.1"}';
const OLD = '0123456789abcdef0123456789abcdef';
const NEW = 'fedcba9876543210fedcba9876543210';
const AT = new Date('2025-12-31T08:00:00.400Z');
const HEADER = signatureOf(
  BODY,
  [
    { kid: 'b2', secret: new Secret(NEW) },
    { kid: 'a1', secret: new Secret(OLD) },
  ],
  AT,
);

test('the header is the one that another implementation of HMAC gives', () => {
  // Worked out with Python's hmac.
  expect(HEADER).toBe(
    't=1767168000,' +
      'kid=b2,v1=a3f7fe375e943214fa53858f022b2425405d02d91ac12cc2b576b0233734922a,' +
      'kid=a1,v1=956c9e5a4e222898cdf239f5311a6d86628aa9f63562bed539cf8ccd577369f4',
  );
});

test('a receiver that has either secret believes it; OpenSSL comes to the same', () => {
  const now = AT.getTime();
  expect(isFromKeyvouch(HEADER, BODY, OLD, now)).toBe(true);
  expect(isFromKeyvouch(HEADER, BODY, NEW, now)).toBe(true);
  const args = ['dgst', '-sha256', '-hmac', OLD, '-hex'];
  const hex = execFileSync('openssl', args, { input: `1767168000.${BODY}` }).toString();
  expect(HEADER).toContain(/([0-9a-f]{64})/.exec(hex)?.[1]);
});

test.each([
  ['another body', HEADER, `${BODY} `, OLD, 0],
  ['another secret', HEADER, BODY, 'x'.repeat(32), 0],
  ['another time', HEADER.replace('t=1767168000', 't=1767168001'), BODY, OLD, 0],
  ['no time', HEADER.replace('t=1767168000,', ''), BODY, OLD, 0],
  ['a signature cut short', HEADER.slice(0, -2), BODY, OLD, 0],
  ['nothing', '', BODY, OLD, 0],
  ['an old delivery', HEADER, BODY, OLD, 301_000],
  ['one from the future', HEADER, BODY, OLD, -301_000],
])('%s is not believed', (_, header, body, secret, later) => {
  expect(isFromKeyvouch(header, body, secret, AT.getTime() + later)).toBe(false);
});
