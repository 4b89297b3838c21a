import { networkError, refusal, scripted } from './scripted-fetch.fixture';

test.each([true, false])('signing in is allowed or blocked (%s), again where the reply was lost', async (enabled) => {
  const script = scripted([networkError('ECONNRESET'), { status: 204 }]);
  await script.entra.accounts.setEnabled('u1', enabled);
  const asked = {
    method: 'PATCH',
    url: 'https://graph.microsoft.com/v1.0/users/u1',
    body: { accountEnabled: enabled },
  };
  expect(script.asked).toMatchObject([asked, asked]);
});

test.each([
  [404, 'Request_ResourceNotFound', 'person-unknown'],
  [403, 'Authorization_RequestDenied', 'graph-denied'],
])('%d is a fault that is not tried again', async (status, code, fault) => {
  const script = scripted([refusal(status, code, 'x')]);
  await expect(script.entra.accounts.setEnabled('u1', false)).rejects.toMatchObject({ code: fault, retry: false });
  expect(script.asked).toHaveLength(1);
});
