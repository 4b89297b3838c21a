import { networkError, scripted, type Answer } from './scripted-fetch.fixture';

test.each<[string, Answer[], boolean]>([
  ['200 and true', [{ status: 200, body: { value: true } }], true],
  ['204', [{ status: 204 }], true],
  ['a reset, then 204', [networkError('ECONNRESET'), { status: 204 }], true],
  ['200 and no JSON', [{ status: 200, text: '<html>' }], false],
  ['200 and false', [{ status: 200, body: { value: false } }], false],
])('sessions end: %s', async (_name, answers, ended) => {
  const script = scripted(answers);
  const outcome = await script.entra.sessions.revoke('u1').then(
    () => true,
    () => false,
  );
  expect(outcome).toBe(ended);
  expect(script.asked.map(({ method, body }) => [method, body])).toEqual(answers.map(() => ['POST', undefined]));
});
