import { scripted } from './scripted-fetch.fixture';

test.each([
  ['fido2', 'fido2', true],
  ['windowsHelloForBusiness', 'windowsHelloForBusiness', true],
  ['platformCredential', 'platformCredential', true],
  ['microsoftAuthenticator', 'microsoftAuthenticator', false],
  ['temporaryAccessPass', 'temporaryAccessPass', false],
  ['phone', 'phone', false],
  ['password', 'password', false],
  ['softwareOath', 'other', false],
  ['somethingNew', 'other', false],
])('%sAuthenticationMethod is %s, phishing-resistant: %s', async (type, kind, phishingResistant) => {
  const body = {
    value: [{ '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`, id: 'm', displayName: null }],
  };
  const [method] = await scripted([{ status: 200, body }]).entra.methods.list('u1');
  expect(method).toMatchObject({ kind, phishingResistant });
});
