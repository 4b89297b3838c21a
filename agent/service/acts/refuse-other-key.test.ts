import { type Fault } from '../../protocol/fault';
import { refuseOtherKey } from './refuse-other-key';

const codeOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Fault).code;
  }
};

const MODEL = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';

it.each<[string, string[], string[] | 'unknown', string | undefined]>([
  ['answers for just what is expected', ['A', 'B'], ['B', 'A'], undefined],
  ['answers for nothing', ['A'], [], 'key-not-expected'],
  ['answers no such question', ['A'], 'unknown', 'key-not-expected'],
  ['answers for another passkey', ['A'], ['B'], 'key-not-expected'],
  ['answers for a part', ['A', 'B'], ['A'], 'key-not-expected'],
  ['answers for one more', ['A'], ['A', 'B'], 'key-holds-more'],
  ['was silent, and is', [], [], undefined],
  ['was silent, and answers no such question', [], 'unknown', undefined],
  ['was silent, and answers', [], ['A'], 'key-not-expected'],
])('a key that %s', (_, expected, answered, code) => {
  expect(codeOf(() => refuseOtherKey({ aaguid: MODEL, answered: expected }, { aaguid: MODEL, answered }))).toBe(code);
});

it.each([[[]], [['A']]])('a key of another model, whatever it answers for: %j', (answered) => {
  const expected = { aaguid: MODEL, answered };
  expect(codeOf(() => refuseOtherKey(expected, { aaguid: 'another', answered }))).toBe('key-not-expected');
});
