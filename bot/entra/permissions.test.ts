import { paths } from './paths';
import { PERMISSIONS } from './permissions';

test('every call has a permission', () => {
  const covered = new Set<string>(PERMISSIONS.flatMap(({ calls }) => calls));
  expect(Object.keys(paths).filter((name) => !covered.has(name))).toEqual([]);
});

test('nothing may write to the directory, to roles, to policies or to mail', () => {
  const writes = PERMISSIONS.map(({ name }) => name).filter((name) => /write|manage\b|send/i.test(name));
  expect(writes).toEqual(['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthMethod-Passkey.ReadWrite.All']);
});
