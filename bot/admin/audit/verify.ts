import { Fault } from '../../../agent/protocol/fault';
import { type AnchorRef, type Verdict } from '../../storage';
import { parseShortId, type TicketId } from '../../tickets/ids';
import { EXIT } from '../exit-status';
import { type Admin } from '../open';
import { type Terminal } from '../terminal';

export interface VerifyFlags {
  json?: true;
  /** A ticket's id, or its short one: KV-7Q2M-9D. */
  ticket?: string;
  /** NUMBER:HASH of an anchor that was written down. */
  noted?: string;
}

/** `audit verify`. @returns the exit status */
export async function verify({ ledger, find }: Admin, flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const noted = flags.noted === undefined ? undefined : parseNoted(flags.noted);
  const ticket = flags.ticket === undefined ? undefined : await ticketOf(find, flags.ticket);
  const begun = performance.now();
  const verdict = await ledger.verify({
    progress: (tickets) => terminal.hint(`  … ${tickets} tickets`),
    ...(ticket !== undefined && { ticket }),
    ...(noted && { noted }),
  });
  const seconds = Math.round((performance.now() - begun) / 10) / 100;
  const ok = verdict.findings.length === 0;
  if (flags.json) terminal.say(JSON.stringify({ ok, ...verdict, seconds }));
  else for (const line of wordsOf(verdict, seconds)) terminal.say(line);
  return ok ? EXIT.done : EXIT.wrong;
}

function wordsOf({ tickets, records, anchors, newest, young, findings }: Verdict, seconds: number): string[] {
  const about = newest && [
    `Newest anchor: ${newest.number} of ${newest.at}, hash ${newest.hash}.`,
    `Note it outside the storage; later, "--noted ${newest.number}:${newest.hash}" tells whether it is still there.`,
  ];
  return [
    `Read ${count(records, 'record')} of ${count(tickets, 'ticket')} and ${count(anchors, 'anchor')} in ${seconds} s.`,
    ...(about ?? []),
    ...(young > 0 ? [`${count(young, 'record')} so young that no anchor covers it yet.`] : []),
    ...(findings.length === 0
      ? ['Nothing is wrong.']
      : [
          `${count(findings.length, 'thing')} wrong:`,
          ...findings.map(({ where, what }) => `  ${where}: ${what}`),
          'Somebody other than Keyvouch may have written to its storage: keep a copy of the tables, and tell your security team.',
        ]),
  ];
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;
}

function parseNoted(text: string): Pick<AnchorRef, 'number' | 'hash'> {
  const [, number, hash] = /^(\d{1,10}):([\w-]{43})$/.exec(text) ?? [];
  if (number !== undefined && hash !== undefined) return { number: Number(number), hash };
  throw new Fault({
    code: 'usage',
    say: '--noted takes the number and the hash of an anchor.',
    todo: 'Give both as "audit verify" printed them: NUMBER:HASH.',
  });
}

async function ticketOf(find: Admin['find'], text: string): Promise<TicketId> {
  const shortId = parseShortId(text);
  if (shortId === undefined) return text.toUpperCase();
  const found = await find(shortId);
  if (found !== undefined) return found;
  throw new Fault({
    code: 'ticket-unknown',
    say: `There is no ticket ${shortId}, or what leads to it was taken out.`,
    todo: 'Give its long id, or verify all tickets.',
  });
}
