import { type KeyRestrictions, type PasskeyProfile } from '../entra';
import { modelsAt } from './models';
import { createWorld, type World } from './testing/world';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.rest());

const only = (aaguid: string): KeyRestrictions => ({
  ...{ isEnforced: true, enforcementType: 'allow', aaguids: [aaguid] },
});
const ANY: KeyRestrictions = { isEnforced: false, enforcementType: 'block', aaguids: ['c'] };
const profile = (id: string, keyRestrictions: KeyRestrictions, deviceBound = true): PasskeyProfile => ({
  ...{ id, name: id, deviceBound, attestationRequired: false, keyRestrictions },
});
const NONE = [{ enforcement: 'allow', aaguids: [] }];

test.each<[string, PasskeyProfile[], unknown]>([
  ['no profile: the older fields, which name no models', [], []],
  ['one model', [profile('p', only('a'))], [{ enforcement: 'allow', aaguids: ['a'] }]],
  [
    'one of two profiles is enough',
    [profile('p', only('a')), profile('q', only('b'))],
    [
      { enforcement: 'allow', aaguids: ['a'] },
      { enforcement: 'allow', aaguids: ['b'] },
    ],
  ],
  ['a profile that names no models lets any in', [profile('p', only('a')), profile('q', ANY)], []],
  [
    'a profile for synced passkeys says nothing about keys',
    [profile('p', only('a')), profile('q', ANY, false)],
    [{ enforcement: 'allow', aaguids: ['a'] }],
  ],
  ['synced passkeys alone: no key', [profile('p', ANY, false)], NONE],
  ['a profile of somebody else', [profile('x', ANY)], NONE],
])('%s', async (_, profiles, models) => {
  world.entra.fido2.profiles = profiles;
  world.entra.fido2.includeTargets = [{ id: 'all_users', allowedPasskeyProfiles: ['p', 'q'] }];
  expect(await modelsAt(world.deps, await world.addWorkstation('ada'))).toEqual({ models });
});

test.each([{ kind: 'desk' }, { state: 'pairing' }, { state: 'removed' }] as const)(
  'nothing is told to a workstation that is nobody’s own: %o',
  async (more) => {
    expect(await modelsAt(world.deps, await world.addWorkstation('ada', more))).toEqual({});
    expect(world.entra.calls).not.toContain('policies.fido2');
  },
);
