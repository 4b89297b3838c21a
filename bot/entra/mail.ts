import { z } from 'zod';
import { type Explanation } from './client/call';
import { type Graph } from './client/graph';
import { type Problem } from './client/problem';
import { paths } from './paths';

export interface Letter {
  /** One mail address. */
  to: string;
  subject: string;
  html: string;
}

/** Mail out, from one mailbox. */
export interface Mail {
  /**
   * Sends one mail. It is not tried again by itself where the reply was lost (`facts.ambiguous`): it may have gone out.
   * @param mailbox object id or user principal name of the sender
   */
  send: (mailbox: string, letter: Letter) => Promise<void>;
}

const UNKNOWN: Explanation = {
  code: 'mailbox-unknown',
  say: 'The mailbox that Keyvouch sends from is not there.',
  todo: 'An administrator checks KEYVOUCH_MAILBOX.',
};

const DENIED: Explanation = {
  code: 'mailbox-denied',
  say: 'Keyvouch may not send from its mailbox.',
  todo: 'An administrator lets it send from that one mailbox (infra/azure/README.md).',
};

function explain({ status }: Problem): Explanation | undefined {
  if (status === 404) return UNKNOWN;
  return status === 403 ? DENIED : undefined;
}

/** {@link Mail} over Graph (user: sendMail, v1.0): 202 without a body. */
export function createMail(graph: Graph): Mail {
  return {
    send: async (mailbox, { to, subject, html }) => {
      const message = {
        subject,
        body: { contentType: 'html', content: html },
        toRecipients: [{ emailAddress: { address: to } }],
      };
      await graph.ask(
        {
          operation: 'mail.send',
          method: 'POST',
          path: paths.sendMail(mailbox),
          repeat: 'once',
          body: { message, saveToSentItems: false },
          explain,
        },
        z.unknown(),
      );
    },
  };
}
