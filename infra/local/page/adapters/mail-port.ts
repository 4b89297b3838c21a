import { type EntraStandIn } from '../../entra';
import { type MailPort } from '../ports';

/** Every mail that Graph was asked to send. */
export function mailPort(entra: EntraStandIn): MailPort {
  return {
    mails: () =>
      entra
        .mails()
        .map(({ at, to, subject, body }, index) => ({
          id: `${index} ${at}`,
          at: new Date(at).toISOString(),
          to: to.join(', '),
          subject,
          text: body,
        }))
        .toReversed(),
    subscribe: (changed) => entra.subscribe(changed),
  };
}
