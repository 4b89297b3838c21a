import { literal, paths } from './paths';

test.each([
  ["O'Neil", "'O''Neil'"],
  ['R&D #1', "'R%26D%20%231'"],
  ["x' or 1 eq 1", "'x''%20or%201%20eq%201'"],
])('a value in a filter: %s', (text, written) => {
  expect(literal(text)).toBe(written);
});

test('an id cannot leave its place in the path', () => {
  expect(paths.pass('../me', 'a/b==')).toBe(
    '/v1.0/users/..%2Fme/authentication/temporaryAccessPassMethods/a%2Fb%3D%3D',
  );
});

test.each(['', '.', '..'])('%p is no id', (id) => {
  expect(() => paths.passkey('u', id)).toThrow(expect.objectContaining({ code: 'graph-odd-id' }) as Error);
});

test('every path names its version', () => {
  const made = [paths.user('u'), paths.searchUsers('a', 5), paths.batch(), paths.signIns('u', new Date(0))];
  for (const path of made) expect(path).toMatch(/^\/(v1\.0|beta)\//);
});
