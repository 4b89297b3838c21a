import { type Key } from '../../operations/key';
import { printable } from '../../operations/printable';
import { type Prompts } from '../../operations/prompts';
import { Fault } from '../../protocol/fault';

/**
 * Asks for the yes of the person at the key, without which nothing is written.
 * @throws Fault `job-declined`
 */
export async function askYes(prompts: Prompts, question: string, signal: AbortSignal | undefined): Promise<void> {
  if (await prompts.confirm(question, signal)) return;
  throw new Fault({
    code: 'job-declined',
    say: 'It was declined at the workstation, so nothing was written to the key.',
    todo: 'Start it again from your request in the chat with Keyvouch if it should be done after all.',
  });
}

/** The key as the person can tell it from others. */
export function nameOfKey({ device: { product, path } }: Key): string {
  return `"${printable(product ?? path)}"`;
}
