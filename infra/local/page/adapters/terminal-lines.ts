import { type TerminalLine, type WorkstationState } from '../ports';

const KEPT_LINES = 400;
const ESCAPE = String.fromCharCode(27);
/** Colours and cursor moves, and control characters but for the line end. */
const CONTROL = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]|${ESCAPE}[=>78]|[^\\P{Cc}\\n]`, 'gu');
const PIN = /\bPIN\b/i;
/** Answered by a letter: no PIN is typed there, whatever it is about. */
const YES_OR_NO = /\[y\/N\]\s*$/i;

/** What a terminal shows, as lines, with the question that stands unfinished at its end. */
export interface TerminalLines {
  lines(): readonly TerminalLine[];
  /** A question on a line that has not ended; a question about a PIN is masked. */
  prompt(): WorkstationState['prompt'];
  print(from: TerminalLine['from'], text: string): void;
  /** Output as it comes, in pieces. */
  feed(piece: string): void;
  /** The question was answered with this text, or with what nobody may see. */
  answered(text: string | undefined): void;
  /** The program is gone: what stood unfinished is a line now. */
  end(): void;
}

export function createTerminalLines(): TerminalLines {
  const lines: TerminalLine[] = [];
  let n = 0;
  let rest = '';

  const print: TerminalLines['print'] = (from, text) => {
    lines.push({ n: (n += 1), from, text });
    if (lines.length > KEPT_LINES) lines.shift();
  };
  return {
    lines: () => [...lines],
    prompt: () => {
      const label = rest.trim();
      return label === '' ? undefined : { label, masked: PIN.test(label) && !YES_OR_NO.test(label) };
    },
    print,
    feed: (piece) => {
      const [last = '', ...whole] = (rest + piece.replace(CONTROL, '')).split('\n').toReversed();
      for (const line of whole.toReversed()) print('out', line);
      rest = last;
    },
    answered: (text) => {
      print('out', text === undefined ? `${rest}••••` : rest + text);
      rest = '';
    },
    end: () => {
      if (rest !== '') print('out', rest);
      rest = '';
    },
  };
}
