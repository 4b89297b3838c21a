import { Fault } from '../protocol/fault';
import { brokerUser } from './broker-user';

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );

it('finds root on this machine', async () => {
  expect(await brokerUser('root')).toEqual({ name: 'root', id: '0', owner: { uid: 0, gid: 0 } });
});

it('asks "id" for users and groups, and takes only numbers', async () => {
  const asked: string[] = [];
  const run = async (program: string, args: readonly string[]) => {
    asked.push([program, ...args].join(' '));
    return args[0] === '-u' ? '1001\n' : '100\n';
  };
  expect(await brokerUser('ada', { platform: 'linux', run })).toMatchObject({
    id: '1001',
    owner: { uid: 1001, gid: 100 },
  });
  expect(asked).toEqual(['id -u -- ada', 'id -g -- ada']);
  expect(await code(brokerUser('ada', { platform: 'linux', run: async () => 'ada\n' }))).toBe(
    'device-broker-cannot-start',
  );
});

it('leaves Windows’ users to Windows', async () => {
  const run = () => Promise.reject(new Error('asked'));
  expect(await brokerUser('CONTOSO\\ada', { platform: 'win32', run })).toEqual({
    name: 'CONTOSO\\ada',
    id: 'CONTOSO\\ada',
    owner: undefined,
  });
});

it.each(['', '-u', '../root', 'a/b', 'nobody-of-this-name-here', 'a\nb', '$(id)'])(
  'knows no user "%s"',
  async (name) => {
    expect(await code(brokerUser(name))).toBe('device-broker-cannot-start');
  },
);
