import { Fault } from '../../../../agent/protocol/fault';
import { EXIT, exitStatus } from '../../../../agent/commands/exit-status';

/** How something ended: in a value, in a Fault that a person can be told, or otherwise, which is a crash. */
export type Ending = { kind: 'value' } | { kind: 'fault'; code: string } | { kind: 'crash'; what: string };

/** Errors that only a mistake of ours makes, however well they are wrapped. */
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError];
const CONTROL = /\p{Cc}/u;

function mistakeWithin(error: unknown): Error | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    const found = at;
    if (MISTAKES.some((kind) => found instanceof kind)) return found;
  }
  return undefined;
}

const firstLines = (error: Error): string => (error.stack ?? error.message).split('\n').slice(0, 3).join(' | ');

function ofError(error: unknown): Ending {
  if (!(error instanceof Error)) return { kind: 'crash', what: `threw ${String(error)}` };
  if (!(error instanceof Fault)) return { kind: 'crash', what: firstLines(error) };
  const { code, say, todo } = error;
  const mistake = mistakeWithin(error);
  if (mistake) return { kind: 'crash', what: `${code} hides ${firstLines(mistake)}` };
  if (exitStatus(error) === EXIT.failed) return { kind: 'crash', what: `nobody knows the code ${code}` };
  if (say === '' || todo === '' || CONTROL.test(say + todo)) return { kind: 'crash', what: `${code} cannot be shown` };
  return { kind: 'fault', code };
}

/** Runs something to its end. Never rejects. */
export async function endingOf(run: () => Promise<unknown>): Promise<Ending> {
  try {
    await run();
    return { kind: 'value' };
  } catch (error) {
    return ofError(error);
  }
}
