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

it.each<[string, string[] | undefined, string[] | 'unknown', string | undefined]>([
  ['answers for just what is expected', ['A', 'B'], ['B', 'A'], undefined],
  ['answers for nothing', ['A'], [], 'key-not-expected'],
  ['answers no such question', ['A'], 'unknown', 'key-not-expected'],
  ['answers for another passkey', ['A'], ['B'], 'key-not-expected'],
  ['answers for a part', ['A', 'B'], ['A'], 'key-not-expected'],
  ['answers for one more', ['A'], ['A', 'B'], 'key-holds-more'],
  ['was named by a person and is silent', undefined, [], undefined],
  ['was named by a person and answers no such question', undefined, 'unknown', undefined],
  ['was named by a person and answers', undefined, ['A'], undefined],
])('a key that %s', (_, expected, answered, code) => {
  expect(codeOf(() => refuseOtherKey(expected, answered))).toBe(code);
});
