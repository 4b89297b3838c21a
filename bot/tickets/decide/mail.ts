import { type Ticket } from '../ticket';
import { type Answer, type CommandOf, happened, NOTHING } from './answer';

/** A mail went out, or cannot: recorded once for each thing that there is to tell. */
export function mailed({ told }: Ticket, command: CommandOf<'mail-sent' | 'mail-failed'>): Answer {
  const { about } = command;
  if (!told || told.mails.some((mail) => mail.about === about)) return NOTHING;
  return command.kind === 'mail-sent'
    ? happened(command, { kind: 'mail-sent', about })
    : happened(command, { kind: 'mail-failed', about, code: command.code });
}
