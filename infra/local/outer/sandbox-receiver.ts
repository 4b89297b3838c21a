import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { WEBHOOK_SECRET } from '../../../bot/outer';
import { type Receiver, startReceiver } from './receiver';

const Secrets = z.object({ [WEBHOOK_SECRET]: z.array(z.string()).min(1) });

/** The secret that the product and the receiver share: in a file, as in Azure it is in the vault. Made at the first start. */
function sharedSecrets(file: string): readonly string[] {
  if (!existsSync(file)) {
    const made = { [WEBHOOK_SECRET]: [randomBytes(32).toString('base64url')] };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))[WEBHOOK_SECRET];
}

/**
 * A ticket system of the sandbox: it takes webhooks and gives each ticket a number of its own. What it was told is at its
 * address, newest first.
 */
export function startSandboxReceiver(secretFile: string): Promise<Receiver> {
  const numbers = new Map<string, string>();
  const numberOf = (ticket: string) => {
    const number = numbers.get(ticket) ?? `IT-${1001 + numbers.size}`;
    numbers.set(ticket, number);
    return number;
  };
  return startReceiver({
    secrets: sharedSecrets(secretFile),
    answer: ({ ticket }) => ({ number: numberOf(ticket.id) }),
  });
}
