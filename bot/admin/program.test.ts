import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Books, anchorNow, go, open, openMemoryBooks } from '../../infra/proofs/audit/books';
import { type MemoryTable } from '../../infra/proofs/audit/memory-table';
import { ADA } from '../storage/example.fixture';
import { adminProgram } from './program';
import { printable } from './terminal';

let books: Books<MemoryTable>;
let folder: string;
beforeEach(async () => {
  books = await openMemoryBooks();
  folder = mkdtempSync(join(tmpdir(), 'keyvouch-admin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
  said: string[];
  hints: string[];
  out: string;
  status: number | undefined;
}

/** Runs a command as a person would, who answers questions with `answer`. */
async function run(args: readonly string[], answer = ''): Promise<Ran> {
  const ran: Ran = { said: [], hints: [], out: '', status: undefined };
  const stdout = new Writable({
    write(chunk, _, done) {
      ran.out += String(chunk);
      done();
    },
  });
  const program = adminProgram({
    open: async () => ({ ledger: books.ledger, find: books.store.find }),
    terminal: {
      say: (line) => ran.said.push(line),
      hint: (line) => ran.hints.push(line),
      ask: async (question) => {
        ran.said.push(question);
        return answer;
      },
    },
    ...{ stdout, env: {} },
    exit: (status) => (ran.status = status),
  });
  await program.parseAsync(args, { from: 'user' });
  return ran;
}

describe('audit verify', () => {
  test('says what it read, which anchor to note, and that nothing is wrong', async () => {
    await go(books, await open(books));
    await anchorNow(books);
    await open(books);
    const { said, status } = await run(['audit', 'verify']);
    expect(status).toBe(0);
    expect(said[0]).toMatch(/^Read 3 records of 2 tickets and 1 anchor in [\d.]+ s\.$/);
    expect(said.join('\n')).toMatch(/Newest anchor: 1 of 2025.*hash [\w-]{43}/);
    expect(said).toContain('1 record so young that no anchor covers it yet.');
    expect(said.at(-1)).toBe('Nothing is wrong.');
  });

  test('says what is wrong and where, and exits with 1; for one ticket by its short id, too', async () => {
    const { ticket } = await open(books);
    await anchorNow(books);
    books.tables.tickets.partitions.get(ticket.id)!.delete('ev~0000000001');
    const { said, status } = await run(['audit', 'verify']);
    expect(status).toBe(1);
    expect(said).toContain(`  ${ticket.id}: record 1 is missing`);
    expect((await run(['audit', 'verify', '--ticket', ticket.shortId])).status).toBe(1);
    expect((await run(['audit', 'verify', '--ticket', ticket.id.toLowerCase()])).status).toBe(1);
    await expect(run(['audit', 'verify', '--ticket', 'KV-0000-00'])).rejects.toMatchObject({ code: 'ticket-unknown' });
  });

  test('--json is one line for a program', async () => {
    await open(books);
    await anchorNow(books);
    const { said } = await run(['audit', 'verify', '--json']);
    expect(said).toHaveLength(1);
    expect(JSON.parse(said[0]!)).toMatchObject({ ok: true, tickets: 1, records: 1, anchors: 1, findings: [] });
  });

  test('an anchor that was noted is found again, or its absence told', async () => {
    await open(books);
    await anchorNow(books);
    const { newest } = await books.ledger.verify();
    const noted = `${newest!.number}:${newest!.hash}`;
    expect((await run(['audit', 'verify', '--noted', noted])).status).toBe(0);
    books.tables.audit.partitions.clear();
    const { said, status } = await run(['audit', 'verify', '--noted', noted]);
    expect(status).toBe(1);
    expect(said.join('\n')).toContain('anchor 1 is not here as it was noted');
    await expect(run(['audit', 'verify', '--noted', 'x'])).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('audit export', () => {
  test('JSON Lines: a record a line, without names', async () => {
    const { ticket } = await go(books, await open(books));
    const { out, status } = await run(['audit', 'export']);
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['opened', 'commented']);
    expect(JSON.parse(lines[1]!)).toMatchObject({
      ticket: ticket.id,
      subject: ADA.id,
      commandId: expect.stringMatching(/^command-/) as string,
    });
    expect(out).not.toContain(ADA.name);
  });

  test('CSV: a header, CRLF, and no formula', async () => {
    await go(books, await open(books, { reason: '=cmd|calc' }));
    const { out } = await run(['audit', 'export', '--format', 'csv', '--with-personal']);
    const lines = out.split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^"at","ticket","shortId",.*"personal"$/);
    expect(new Set(lines.slice(0, 3).map((line) => line.match(/"(?:[^"]|"")*"(?:,|$)/g)?.length))).toEqual(
      new Set([16]),
    );
    expect(out).toContain(ADA.name);
    expect(out).not.toMatch(/(^|,)"[=+\-@]/m);
  });

  test('to a file for its owner alone, of a range of time', async () => {
    await open(books);
    books.pass(60 * 24 * 3);
    await open(books);
    const file = join(folder, 'audit.jsonl');
    await run(['audit', 'export', '--out', file, '--from', '2025-03-06']);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(run(['audit', 'export', '--from', 'yesterday'])).rejects.toMatchObject({ code: 'usage' });
  });

  test('what cannot be read is counted, and the exit status says so', async () => {
    const { ticket } = await open(books);
    const rows = books.tables.tickets.partitions.get(ticket.id)!;
    rows.set('ev~0000000001', { ...rows.get('ev~0000000001')!, props: {} });
    const { out, hints, status } = await run(['audit', 'export']);
    expect([out, status]).toEqual(['', 1]);
    expect(hints[0]).toMatch(/^1 records cannot be read/);
  });
});

describe('audit erase', () => {
  const personal = () => JSON.stringify([...books.tables.tickets.partitions.values()].map((rows) => [...rows]));

  async function closed(): Promise<void> {
    await go(books, await open(books), { change: { status: 'done', closedAt: books.now().toISOString() } });
  }

  test.each([
    ['the id, typed', ADA.id, [], 0, false],
    ['the id, given', '', ['--confirm', ADA.id], 0, false],
    ['something else, typed', 'yes', [], 3, true],
    ['something else, given', ADA.id, ['--confirm', 'yes'], 3, true],
  ])('asks before it erases: %s', async (_, answer, more, status, left) => {
    await closed();
    const ran = await run(['audit', 'erase', '--person', ADA.id, ...more], answer);
    expect(ran.status).toBe(status);
    expect(ran.said[0]).toMatch(/^1 closed tickets name 1111/);
    expect(personal().includes(ADA.name)).toBe(left);
    await anchorNow(books);
    expect((await run(['audit', 'verify'])).status).toBe(0);
  });

  test('by age, as a scheduled job does it', async () => {
    await closed();
    const args = ['audit', 'erase', '--older-than', '30d', '--confirm', '30d', '--actor', 'retention-job'];
    const { said, status } = await run(args);
    expect(status).toBe(0);
    expect(said.at(-1)).toBe('Erased in 1 of 1 tickets, and recorded as done by retention-job.');
    const { out } = await run(['audit', 'export']);
    expect(JSON.parse(out.trimEnd().split('\n').at(-1)!)).toMatchObject({ kind: 'erased', actor: 'retention-job' });
  });

  test.each([
    [['--person', 'ada']],
    [['--older-than', '0d']],
    [['--older-than', 'forever']],
    [['--person', ADA.id, '--older-than', '3d']],
    [[]],
  ])('%j is refused', async (args) => {
    await expect(run(['audit', 'erase', ...args])).rejects.toMatchObject({ code: 'usage' });
  });
});

test('audit anchor does what the timer does', async () => {
  await open(books);
  books.pass(5);
  expect((await run(['audit', 'anchor'])).said[0]).toMatch(/^Anchor 1, hash/);
  expect((await run(['audit', 'anchor'])).said).toEqual(['There was nothing to anchor.']);
  expect((await run(['audit', 'anchor', '--all'])).said).toEqual(['There was nothing to anchor.']);
});

test('what somebody wrote into a row cannot steer the terminal', () => {
  expect(printable('a\u001b[2Jb\u202ec\n')).toBe('a\ufffd[2Jb\ufffdc\ufffd');
});

describe('settings from a file', () => {
  const withFile = (text: string) => {
    const file = join(folder, 'settings.json');
    writeFileSync(file, text);
    let env: Readonly<Record<string, string | undefined>> = {};
    const program = adminProgram({
      open: async (given) => {
        env = given;
        return { ledger: books.ledger, find: books.store.find };
      },
      terminal: { say: () => undefined, hint: () => undefined, ask: async () => '' },
      ...{ stdout: process.stdout, env: { KEYVOUCH_A: 'from the environment' }, exit: () => undefined },
    });
    return program.parseAsync(['--settings', file, 'audit', 'verify'], { from: 'user' }).then(() => env);
  };

  test.each([
    ['by name', { KEYVOUCH_A: '1', WEBSITE_SITE_NAME: 'x' }],
    [
      'as Azure lists them',
      [
        { name: 'KEYVOUCH_A', slotSetting: false, value: '1' },
        { name: 'WEBSITE_SITE_NAME', value: null },
      ],
    ],
  ])('%s', async (_, content) => expect(await withFile(JSON.stringify(content))).toEqual({ KEYVOUCH_A: '1' }));

  test.each(['', '[1]', '{"KEYVOUCH_A": 1}'])('%j is refused', async (text) => {
    await expect(withFile(text)).rejects.toMatchObject({ code: 'settings-file-unreadable' });
  });
});
