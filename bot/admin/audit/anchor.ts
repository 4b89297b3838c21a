import { EXIT } from '../exit-status';
import { type Admin } from '../open';
import { type Terminal } from '../terminal';

/** `audit anchor`. @returns the exit status */
export async function anchor({ ledger }: Admin, { all }: { all?: true }, terminal: Terminal): Promise<number> {
  const written = all ? await ledger.anchorAll() : await ledger.anchor();
  for (const { number, hash } of written) terminal.say(`Anchor ${number}, hash ${hash}.`);
  if (written.length === 0) terminal.say('There was nothing to anchor.');
  return EXIT.done;
}
