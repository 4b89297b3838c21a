import { z } from 'zod';

const id = z.string().min(1).max(200);
const line = z.string().max(10_000);
const pin = z.string().max(256);
const person = z.object({ person: id });
/** In a conversation of several, or in the person's own chat with the bot. */
const place = person.extend({ group: id.optional() });

/** What the page may ask for, by path: POST /api/<name> with this JSON. */
export const requests = {
  say: place.extend({ text: z.string().trim().min(1).max(10_000) }),
  press: place.extend({
    message: id,
    action: z.object({
      type: z.enum(['Action.Execute', 'Action.Submit']),
      title: line.optional(),
      verb: line.optional(),
      id: line.optional(),
      /** The action's data with the inputs merged in, as a Teams client sends it. */
      data: z.record(z.unknown()),
    }),
  }),
  'answer-file': person.extend({ message: id, accept: z.boolean() }),
  open: place,
  leave: place,
  search: person.extend({ group: id, command: id, text: z.string().max(200) }),
  insert: person.extend({ group: id, card: z.record(z.unknown()) }),
  read: person,
  install: person,
  account: z.object({ user: id }),
  'sign-in-with-pass': z.object({ user: id, pass: line }),
  'sign-in-with-key': z.object({ user: id, pin }),
  'security-info': z.object({ user: id, session: line, pin, name: z.string().max(60) }),
  key: z.object({ do: z.enum(['touch', 'unplug', 'plug']) }),
  'workstation-start': z.object({ command: id }),
  'workstation-write': z.object({ text: line }),
  'workstation-stop': z.object({}),
  reset: z.object({}),
} as const;

export type Requests = { [Name in keyof typeof requests]: z.infer<(typeof requests)[Name]> };
export type RequestName = keyof Requests;
