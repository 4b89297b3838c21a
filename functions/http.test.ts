import { Fault } from '../agent/protocol/fault';
import { refusal } from './http';

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
});
afterEach(() => jest.restoreAllMocks());

function answer(error: unknown) {
  const response = refusal(error);
  return { status: response.status, text: JSON.stringify(response.jsonBody) };
}

test('a fault is answered in its own words', () => {
  const fault = new Fault({ code: 'proof-bad', say: 'The signature is wrong.', todo: 'Pair again.' });
  expect(refusal(fault)).toEqual({
    status: 401,
    jsonBody: { error: { code: 'proof-bad', say: 'The signature is wrong.', todo: 'Pair again.' } },
  });
  expect(logged.join()).toContain('proof-bad');
});

test('an error of any other kind is told to the log alone', () => {
  const { status, text } = answer(new TypeError('inner words'));
  expect(status).toBe(500);
  expect(text).not.toContain('inner words');
  expect(logged.join()).toContain('inner words');
});

test('a wrong setting is told to the log alone: a stranger hears nothing of how this is set up', () => {
  const say = 'These settings are wrong or missing: KEYVOUCH_PIM is none of on, off.';
  const { status, text } = answer(new Fault({ code: 'settings-wrong', say, todo: 'Mend it.' }));
  expect(status).toBe(500);
  expect(text).not.toMatch(/setting|KEYVOUCH/);
  expect(logged.join()).toContain('KEYVOUCH_PIM is none of on, off');
});
