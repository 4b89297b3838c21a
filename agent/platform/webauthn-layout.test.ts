import koffi from 'koffi';
import { needing } from '../needs.fixture';
import { compileStandIn, hasCompiler, type StandIn } from './testing/stand-in.fixture';
import { fieldsOf, NEWEST, optionsVersion, type StructureName, WEBAUTHN_LAYOUT } from './webauthn-layout';
import { emptyStructure, structuresOf } from './webauthn-structures';

const names = Object.keys(WEBAUTHN_LAYOUT) as StructureName[];

needing(
  describe,
  'gcc',
  hasCompiler(),
)('the layout, against a C compiler’s (needs gcc)', () => {
  let standIn: StandIn;
  let layout: ReturnType<StandIn['layout']>;
  beforeAll(() => {
    standIn = compileStandIn();
    layout = standIn.layout();
  });
  afterAll(() => standIn.remove());

  it('knows the same structures', () => expect(Object.keys(layout)).toEqual(names));

  it.each(names)('%s has the same fields at the same places and the same size', (name) => {
    const type = structuresOf(koffi)(name);
    const ours = fieldsOf(name).map(([field]) => [field, koffi.offsetof(type, field)]);
    expect({ sizeof: koffi.sizeof(type), ...Object.fromEntries(ours) }).toEqual(layout[name]);
  });

  it.each(Object.entries(NEWEST).flatMap(([name, newest]) => Array.from({ length: newest }, (_, i) => [name, i + 1])))(
    '%s of version %s is the beginning of the newest one',
    (name, version) => {
      const type = structuresOf(koffi)(name as StructureName, Number(version));
      for (const [field] of fieldsOf(name as StructureName, Number(version))) {
        expect([field, koffi.offsetof(type, field)]).toEqual([field, layout[name as string]![field]]);
      }
    },
  );
});

it.each([
  [0, 3],
  [1, 3],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 5],
  [6, 6],
  [7, 7],
  [8, 8],
  [9, 9],
  [10, 9],
])('API version %s takes options of version %s', (api, options) => expect(optionsVersion(api)).toBe(options));

it('sets every field of an empty structure to 0 or NULL, the inner ones too', () => {
  expect(emptyStructure('WEBAUTHN_AUTHENTICATOR_MAKE_CREDENTIAL_OPTIONS', 3)).toEqual({
    dwVersion: 0,
    dwTimeoutMilliseconds: 0,
    CredentialList: { cCredentials: 0, pCredentials: null },
    Extensions: { cExtensions: 0, pExtensions: null },
    dwAuthenticatorAttachment: 0,
    bRequireResidentKey: 0,
    dwUserVerificationRequirement: 0,
    dwAttestationConveyancePreference: 0,
    dwFlags: 0,
    pCancellationId: null,
    pExcludeCredentialList: null,
  });
});
