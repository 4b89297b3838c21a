import { createPauses, resourceOf } from './pauses';

it('a resource is a method and a path', () => {
  expect(resourceOf('GET', 'https://graph.example/v1.0/users/1?$select=id')).toBe(
    'GET https://graph.example/v1.0/users/1',
  );
});

it('a pause holds for its resource until it is over, and a longer one wins', () => {
  const pauses = createPauses();
  pauses.ask('a', 10_000);
  pauses.ask('a', 4_000);
  expect(pauses.left('a', 1_000)).toBe(9_000);
  expect(pauses.left('b', 1_000)).toBe(0);
  expect(pauses.left('a', 10_000)).toBe(0);
});
