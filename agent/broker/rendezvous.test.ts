import { rendezvous } from './rendezvous';

it.each<[NodeJS.Platform, string, NodeJS.ProcessEnv, string]>([
  ['linux', '1000', {}, '/run/keyvouch/1000/socket'],
  ['darwin', '501', {}, '/var/run/keyvouch/501/socket'],
  ['linux', '1000', { KEYVOUCH_BROKER_DIR: '/tmp/b' }, '/tmp/b/1000/socket'],
  ['win32', 'CONTOSO\\Ada', {}, '\\\\.\\pipe\\keyvouch-broker-ada'],
  ['win32', 'Zoë Müller', {}, '\\\\.\\pipe\\keyvouch-broker-zo__m_ller'],
])('on %s, of user %s', (platform, user, env, socket) => {
  expect(rendezvous(user, { platform, env }).socket).toBe(socket);
});

it('is on Windows where only administrators write', () => {
  const { directory, secretFile } = rendezvous('ada', { platform: 'win32', env: { ProgramFiles: 'D:\\Programs' } });
  // The test's own system joins paths with its own sign.
  expect(directory.replaceAll('/', '\\')).toBe('D:\\Programs\\Keyvouch\\broker\\ada');
  expect(secretFile.replaceAll('/', '\\')).toBe('D:\\Programs\\Keyvouch\\broker\\ada\\secret');
});
