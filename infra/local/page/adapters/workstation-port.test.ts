import { workstationPort } from './workstation-port';

const ASK = `
  process.stdout.write('Starting\\nPIN of the key: ');
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  process.stdin.once('data', (pin) => {
    process.stdout.write('\\n' + pin.toString().trim().length + ' letters\\n');
    process.exit(3);
  });`;

test.each([
  ['in a terminal', true],
  ['through pipes', false],
])('a PIN is asked for, hidden and kept nowhere: %s', async (_name, terminal) => {
  const port = workstationPort({
    terminal,
    commands: [{ id: 'ask', label: 'Ask', run: [process.execPath, '-e', ASK] }],
  });
  const until = (wanted: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!wanted()) return;
        stop();
        resolve();
      };
      const stop = port.subscribe(look);
      look();
    });
  await port.start('nothing like that');
  expect(port.state().running).toBe(false);
  await port.start('ask');
  await until(() => port.state().prompt !== undefined);
  expect(port.state().prompt).toEqual({ label: 'PIN of the key:', masked: true });
  port.write('123456');
  await until(() => !port.state().running);
  const shown = port.state().lines.map(({ text }) => text);
  expect(shown).toEqual(expect.arrayContaining(['$ Ask', 'Starting', '6 letters', 'Ended with 3.']));
  expect(shown.join()).not.toContain('123456');
  expect(port.state().prompt).toBeUndefined();
  await port.close();
});

test('stop ends the program and what it started', async () => {
  const port = workstationPort({
    terminal: false,
    commands: [{ id: 'sleep', label: 'Sleep', run: ['sh', '-c', 'sleep 60 & wait'] }],
  });
  await port.start('sleep');
  expect(port.state().running).toBe(true);
  await port.stop();
  expect(port.state().running).toBe(false);
});
