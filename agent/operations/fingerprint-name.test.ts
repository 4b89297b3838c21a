import { Fault } from '../protocol/fault';
import { fingerprintName } from './fingerprint-name';

it.each([
  ['  right thumb ', undefined, 'right thumb'],
  ['cafe\u0301', 5, 'caf\u00e9'],
  ['a\u001b[31mb', undefined, 'a?[31mb'],
  ['ä'.repeat(32), undefined, 'ä'.repeat(32)],
])('%j is stored as its trimmed, composed, harmless self', (text, most, expected) => {
  expect(fingerprintName(text, most)).toBe(expected);
});

it.each([
  ['', undefined, 'fingerprint-name-empty'],
  ['  ', 10, 'fingerprint-name-empty'],
  ['ä'.repeat(33), undefined, 'fingerprint-name-too-long'],
  ['thumbs', 5, 'fingerprint-name-too-long'],
])('%j on a key that takes %s bytes is %s', (text, most, code) => {
  const refused = () => {
    try {
      return fingerprintName(text, most);
    } catch (error) {
      return error instanceof Fault ? error.code : error;
    }
  };
  expect(refused()).toBe(code);
});
