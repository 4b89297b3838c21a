import { paths } from './paths';
import { PERMISSIONS } from './permissions';

test('every call has a permission', () => {
  const covered = new Set<string>(PERMISSIONS.flatMap(({ calls }) => calls));
  expect(Object.keys(paths).filter((name) => !covered.has(name))).toEqual([]);
});

test('nothing may write to the directory, to roles, to policies or send mail, where no setting asks for it', () => {
  const writes = PERMISSIONS.filter(({ only }) => only === undefined)
    .map(({ name }) => name)
    .filter((name) => /write|manage\b|send/i.test(name));
  expect(writes).toEqual(['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthMethod-Passkey.ReadWrite.All']);
  expect(PERMISSIONS.flatMap(({ name, only }) => (only ? [name] : []))).toEqual([
    'Mail.Send',
    'User.EnableDisableAccount.All',
  ]);
});
