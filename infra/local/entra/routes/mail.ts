import { z } from 'zod';
import { requirePerson } from '../directory';
import { GraphError } from '../graph-error';
import { V1, type Route } from '../route';
import type { Tenant } from '../tenant';

const address = z.object({
  emailAddress: z.object({ address: z.string().email(), name: z.string().optional() }).strict(),
});
const bodySchema = z
  .object({
    message: z
      .object({
        subject: z.string(),
        body: z.object({ contentType: z.enum(['Text', 'HTML', 'text', 'html']), content: z.string() }).strict(),
        toRecipients: z.array(address).min(1),
        ccRecipients: z.array(address).optional(),
        importance: z.enum(['low', 'normal', 'high']).optional(),
      })
      .strict(),
    saveToSentItems: z.boolean().optional(),
  })
  .strict();

const KEPT = 500;

/** `sendMail`: the mail goes nowhere but into the stand-in's outbox. */
export const mailRoutes = (tenant: Tenant): Route[] => [
  {
    method: 'POST',
    versions: V1,
    path: '/users/{id}/sendMail',
    area: 'directory',
    needs: [['Mail.Send']],
    options: [],
    effect: true,
    handle: (call) => {
      const parsed = bodySchema.safeParse(call.body);
      if (!parsed.success) throw new GraphError(400, 'ErrorInvalidRequest', 'The mail is not valid.');
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      if (person.mail === null) throw new GraphError(404, 'MailboxNotEnabledForRESTAPI', 'The user has no mailbox.');
      const { subject, body, toRecipients } = parsed.data.message;
      tenant.store.change('mail', person.id, (state) => {
        const to = toRecipients.map((recipient) => recipient.emailAddress.address);
        state.mails.push({ at: tenant.clock.now(), from: person.id, to, subject, body: body.content });
        if (state.mails.length > KEPT) state.mails.shift();
      });
      return { status: 202 };
    },
  },
];
