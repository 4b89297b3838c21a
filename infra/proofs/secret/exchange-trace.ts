import { z } from 'zod';
import { lettersOf } from '../../local/play/reading';
import { type Exchange } from '../../local/teams';
import { type Trace } from './canaries';

const InvokeReply = z.object({ value: z.record(z.unknown()) });
const TypedCode = z.object({ value: z.object({ action: z.object({ data: z.object({ code: z.string() }) }) }) });

/** What a card in the reply to a click shows in large letters: the one place where a secret may stand. */
export function shownIn({ way, reply }: Exchange): string | undefined {
  const card = way === 'to-bot' ? InvokeReply.safeParse(reply).data?.value : undefined;
  return card && lettersOf(card);
}

/** Takes a text out of another once: a second time is one too many. */
function without(text: string, once: string | undefined): string {
  return once === undefined ? text : text.replace(JSON.stringify(once).slice(1, -1), () => '');
}

/**
 * An exchange between Teams and the bot as it is searched: without the code that a person typed into it, and without
 * what its own reply shows to the one who asked, each once.
 */
export function traceOf(exchange: Exchange): Trace {
  const { way, method, path, request, reply } = exchange;
  const typed = way === 'to-bot' ? TypedCode.safeParse(request).data?.value.action.data.code : undefined;
  const asked = without(JSON.stringify([request]), typed);
  return {
    where: `${way} ${method} ${path}`,
    text: `${asked}\n${without(JSON.stringify([reply]), shownIn(exchange))}`,
  };
}
