import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Fault } from '../protocol/fault';
import { terminalPrompts, type TerminalOptions } from './prompts';

const PIN = 'grün-4711';

/** A terminal whose keys are pressed with `type`; writes down whether it echoes. */
function fakeTerminal({ isTTY = true, env = {} }: { isTTY?: boolean; env?: NodeJS.ProcessEnv } = {}) {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode(on: boolean) {
      raw.push(on);
      return input;
    },
  });
  let shown = '';
  const output = Object.assign(new PassThrough(), { isTTY });
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const options = { input, output, env } as unknown as TerminalOptions;
  return { prompts: terminalPrompts(options), input, raw, shown: () => shown };
}

const enter = { purpose: 'enter', minimum: 4, retriesLeft: 7 } as const;
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (reason: unknown) => (reason instanceof Fault ? reason.code : String(reason)),
  );
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a PIN at the terminal', () => {
  it.each([
    ['typed at once', [`${PIN}\r`], PIN],
    ['typed key by key', [...Array.from(PIN), '\n'], PIN],
    ['corrected', ['12x\x7f\x7f\x7f\x7f34', '56\r'], '3456'],
    ['typed with an arrow key in between', ['47', '\x1b[D', '11\r'], '4711'],
    ['begun anew', ['oops\x154711\r'], '4711'],
  ])('is read as %s and never shown', async (_, keys, expected) => {
    const terminal = fakeTerminal();
    const answer = terminal.prompts.askPin(enter);
    for (const each of keys) terminal.input.write(each);
    expect((await answer).reveal()).toBe(expected);
    expect(terminal.raw).toEqual([true, false]);
    await soon();
    expect(terminal.shown()).toBe('\x1b[1;36mPIN of the key (7 tries left): \x1b[0m\n');
  });

  it.each(['\x03', '\x04', '\x1b'])('is called off by %j', async (key) => {
    const terminal = fakeTerminal();
    const answer = terminal.prompts.askPin(enter);
    terminal.input.write(`12${key}`);
    expect(await code(answer)).toBe('key-cancelled');
    expect(terminal.raw).toEqual([true, false]);
  });

  it('is called off by the signal', async () => {
    const terminal = fakeTerminal();
    const stop = new AbortController();
    const answer = terminal.prompts.askPin(enter, stop.signal);
    stop.abort();
    expect(await code(answer)).toBe('key-cancelled');
    expect(await code(terminal.prompts.askPin(enter, stop.signal))).toBe('key-cancelled');
    expect(terminal.raw.at(-1)).toBe(false);
  });

  it('is not asked for where nobody can type', async () => {
    expect(await code(fakeTerminal({ isTTY: false }).prompts.askPin(enter))).toBe('no-terminal');
  });
});

describe('PINs on a file descriptor', () => {
  it('are read one a line, and no more than there are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pins-'));
    const path = join(folder, 'pins');
    writeFileSync(path, `${PIN}\r\n4711\nlast`);
    const pinFd = openSync(path, 'r');
    try {
      const prompts = terminalPrompts({ pinFd, output: new PassThrough() });
      const pins = [await prompts.askPin(enter), await prompts.askPin(enter), await prompts.askPin(enter)];
      expect(pins.map((pin) => pin.reveal())).toEqual([PIN, '4711', 'last']);
      expect(await code(prompts.askPin(enter))).toBe('no-answer');
    } finally {
      closeSync(pinFd);
      rmSync(folder, { recursive: true });
    }
    expect(await code(terminalPrompts({ pinFd: 9999, output: new PassThrough() }).askPin(enter))).toBe('no-answer');
  });
});

describe('PINs that were written down beforehand', () => {
  it('give one try: the line after a wrong PIN may be meant for something else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pins-'));
    const path = join(folder, 'pins');
    writeFileSync(path, 'wrong\nnew\nnew\n');
    const pinFd = openSync(path, 'r');
    try {
      const prompts = terminalPrompts({ pinFd, pinTries: 'once', output: new PassThrough() });
      await prompts.askPin(enter);
      expect(await code(prompts.askPin(enter))).toBe('key-pin-wrong');
      expect((await prompts.askPin({ purpose: 'new', minimum: 4 })).reveal()).toBe('new');
    } finally {
      closeSync(pinFd);
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a question', () => {
  it.each([
    ['y', true],
    ['YES', true],
    ['n', false],
    ['', false],
    ['yesterday', false],
  ])('of yes or no answered "%s" is %s', async (typed, expected) => {
    const terminal = fakeTerminal();
    const answer = terminal.prompts.confirm('Sure?');
    terminal.input.write(`${typed}\r`);
    expect(await answer).toBe(expected);
  });

  it('is answered with a line, or called off', async () => {
    const terminal = fakeTerminal();
    const answer = terminal.prompts.ask('The number?');
    terminal.input.write('42\r');
    expect(await answer).toBe('42');
    expect(await code(terminal.prompts.ask('And now?', AbortSignal.timeout(20)))).toBe('key-cancelled');
  });
});

describe('what is shown', () => {
  const play = async (options?: Parameters<typeof fakeTerminal>[0]) => {
    const terminal = fakeTerminal(options);
    terminal.prompts.say('Hello.');
    const progress = terminal.prompts.progress('Plug it in …');
    terminal.prompts.touch('Touch it.');
    terminal.prompts.touchDone();
    progress.done();
    await soon();
    return terminal.shown();
  };

  it('rings and stands out for a touch', async () => {
    const shown = await play();
    expect(shown).toContain('\x07');
    expect(shown).toContain('\x1b[1;36m>> Touch it.');
  });

  it('never lets words steer the terminal', async () => {
    const terminal = fakeTerminal({ env: { NO_COLOR: '1' } });
    terminal.prompts.say('key \u001b]0;owned\u0007 \u202e');
    const progress = terminal.prompts.progress('\u001b[2J');
    progress.update?.('3 \u001b[2J seconds left');
    terminal.prompts.touch('\u009b2J');
    progress.done();
    await soon();
    const shown = terminal.shown();
    expect(shown).toContain('key ?]0;owned? ?');
    expect(shown).toContain('3 ?[2J seconds left');
    // What is left after the terminal's own line clearing and bell is words alone.
    const words = shown.replaceAll('\r\u001b[K', '').replaceAll('\u0007>>', '');
    expect(Array.from('\u001b\u0007\u009b\u202e').filter((active) => words.includes(active))).toEqual([]);
  });

  it('has no colour with NO_COLOR', async () => {
    const shown = await play({ env: { NO_COLOR: '1' } });
    expect(shown).toContain('>> Touch it.');
    expect(shown).not.toContain('\x1b[1');
  });

  it.each([
    ['no terminal', { isTTY: false }],
    ['a dumb one', { env: { TERM: 'dumb' } }],
  ])('is plain lines on %s', async (_, options) => {
    expect(await play(options)).toBe('Hello.\nPlug it in …\n>> Touch it.\n');
  });
});
