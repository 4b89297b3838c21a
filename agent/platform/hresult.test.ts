import { hresultFault, HRESULT } from './hresult';

it.each<[keyof typeof HRESULT, string, boolean]>([
  ['NTE_USER_CANCELLED', 'key-cancelled', true],
  ['ERROR_CANCELLED', 'key-cancelled', true],
  ['ERROR_TIMEOUT', 'key-no-touch', true],
  ['NTE_EXISTS', 'key-already-registered', false],
  ['NTE_TOKEN_KEYSET_STORAGE_FULL', 'key-full', false],
  ['NTE_NOT_SUPPORTED', 'key-option-missing', false],
  ['ERROR_NOT_SUPPORTED', 'key-option-missing', false],
  ['NTE_DEVICE_NOT_FOUND', 'key-not-found', true],
  ['NTE_NOT_FOUND', 'key-not-found', true],
  ['NTE_INVALID_PARAMETER', 'key-platform-refused', false],
  ['E_INVALIDARG', 'key-platform-refused', false],
])('%s is %s', (name, code, retry) => {
  // As a C function returns it: signed.
  expect(hresultFault(HRESULT[name] | 0, 'Name')).toMatchObject({ code, retry });
});

it('tells the number of one it does not know', () => {
  expect(hresultFault(-2147467259, 'UnknownError')).toMatchObject({
    code: 'key-platform-failed',
    facts: { hresult: '0x80004005', name: 'UnknownError' },
  });
});
