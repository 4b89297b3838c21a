import { addressProblem, isPublicAddress } from './address';

test.each([
  ['8.8.8.8', true],
  ['172.15.0.1', true],
  ['172.16.0.1', false],
  ['10.1.2.3', false],
  ['192.168.1.1', false],
  ['127.0.0.1', false],
  ['0.0.0.0', false],
  ['169.254.169.254', false],
  ['168.63.129.16', false],
  ['100.64.0.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['2606:4700::1111', true],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['2001:db8::1', false],
  ['it.example', false],
])('%s is on the internet: %p', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});

test.each([
  ['https://it.example/hook', undefined],
  ['http://it.example/hook', 'https'],
  ['https://user:secret@it.example/', 'password'],
  ['https://10.0.0.1/', 'inside'],
  ['https://0x7f.1/', 'inside'],
  ['https://2130706433/', 'inside'],
  ['https://[::1]/', 'inside'],
  ['https://localhost/', 'inside'],
  ['https://db.internal/', 'inside'],
  ['it.example', 'no address'],
])('outside the sandbox %s: %p', (url, problem) => {
  const found = addressProblem(url, false);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

test('in the sandbox nothing but this machine is called', () => {
  expect(addressProblem('http://127.0.0.1:4711/hook', true)).toBeUndefined();
  expect(addressProblem('https://it.example/hook', true)).toContain('loopback');
  expect(addressProblem('http://localhost.it.example/', true)).toContain('loopback');
});
