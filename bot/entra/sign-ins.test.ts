import { scripted } from './scripted-fetch.fixture';

const step = (authenticationMethod: string, succeeded = true) => ({ authenticationMethod, succeeded });

test('who signed in with what', async () => {
  const body = {
    value: [
      {
        id: 's2',
        createdDateTime: '2026-11-21T12:10:00Z',
        appDisplayName: 'Teams',
        status: { errorCode: 0 },
        authenticationDetails: ['Passkey (device-bound)', 'FIDO2 security key', 'Previously satisfied'].map((m) =>
          step(m),
        ),
      },
      {
        id: 's1',
        createdDateTime: '2026-11-21T12:00:00Z',
        status: { errorCode: 50126 },
        authenticationDetails: [step('Password', false), step('Temporary Access Pass'), step('Text message')],
      },
      { id: 's0', createdDateTime: '2026-11-21T11:00:00Z' },
    ],
  };
  const script = scripted([{ status: 200, body }]);
  const found = await script.entra.signIns.recent('u1', new Date('2026-11-21T11:00:00Z'));
  expect(found.map(({ succeeded }) => succeeded)).toEqual([true, false, false]);
  expect(found.map(({ steps }) => steps.map(({ kind }) => kind))).toEqual([
    ['passkey', 'passkey', 'earlier'],
    ['password', 'temporaryAccessPass', 'other'],
    [],
  ]);
  expect(new URL(script.asked[0]?.url ?? '').searchParams.get('$filter')).toBe(
    "userId eq 'u1' and createdDateTime ge 2026-11-21T11:00:00.000Z",
  );
});
