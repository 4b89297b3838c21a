import { type Activity } from 'botbuilder';
import { z } from 'zod';
import { INPUT } from '../../cards';
import { FLOWS } from '../tickets/ticket';
import { type Verb } from '../tickets/verbs';

export const VERBS = [
  'open-ticket',
  'approve',
  'deny',
  'deny-block',
  'lift-block',
  'show-vouch-code',
  'cancel',
  'choose-workstation',
  'choose-pass',
  'vouch',
  'start-job',
  'diagnose',
  'forgotten',
  'pick-passkey',
  'not-needed',
  'prepare-show',
  'show',
  'finish',
  'signed-in',
  'take-over',
  'retry',
  'comment',
  'assign',
  'assign-me',
  'unassign',
  'nudge',
  'resend',
  'outer-number',
  'not-me',
  'thaw',
  'share',
  'unshare',
  'refresh',
  'home',
  'away',
  'send-away',
  'end-away',
  'ask',
  'ask-other',
  'check-ready',
  'send-request',
  'my-tickets',
  'waiting',
  'queue',
  'history',
  'deliveries',
  'who',
  'export',
  'pair',
  'confirm-workstation',
  'refuse-workstation',
  'workstations',
  'remove-workstation',
] as const satisfies Verb[];

const text = (most: number) => z.string().max(most).optional();
const Ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

/** The data of a button with the inputs that Teams merged into it. All of it comes from a client, and is not trusted. */
const Click = z.object({
  verb: z.enum(VERBS),
  ticket: Ulid.optional(),
  nonce: text(64),
  flow: z.enum(FLOWS).optional().catch(undefined),
  subject: text(200),
  [INPUT.what]: z.enum(FLOWS).optional().catch(undefined),
  [INPUT.person]: text(200),
  [INPUT.reason]: text(4000),
  /** Of a choice of several, with commas between them. */
  [INPUT.passkeys]: text(4000),
  [INPUT.hander]: text(64),
  [INPUT.desk]: text(64),
  [INPUT.how]: z.enum(['in-person', 'video', 'called-back']).optional().catch(undefined),
  [INPUT.denial]: text(4000),
  [INPUT.code]: text(32),
  [INPUT.comment]: text(8000),
  [INPUT.colleague]: text(64),
  [INPUT.whose]: text(64),
  [INPUT.list]: text(64),
  [INPUT.workstation]: text(64),
  [INPUT.awayFrom]: text(32),
  [INPUT.awayUntil]: text(32),
  [INPUT.outerNumber]: text(200),
  [INPUT.outerLink]: text(2000),
});
export type Click = z.infer<typeof Click> & {
  /** By Action.Execute, whose reply goes to this one client, or by its Action.Submit fallback, whose reply is a message. */
  by: 'execute' | 'submit';
};

/** Whether the client pressed the button by itself, to see how the card stands: nobody has decided anything. */
export function isAutomatic(activity: Partial<Activity>): boolean {
  return z.object({ trigger: z.literal('automatic') }).safeParse(activity.value).success;
}

const ExecuteValue = z.object({ action: z.object({ verb: z.string().optional(), data: z.record(z.unknown()) }) });

/** The button that an `adaptiveCard/action` invoke is about; undefined where it is none of ours. */
export function executed(activity: Partial<Activity>): Click | undefined {
  const value = ExecuteValue.safeParse(activity.value);
  if (!value.success) return undefined;
  const { verb, data } = value.data.action;
  const click = Click.safeParse({ ...data, ...(verb !== undefined && { verb }) });
  return click.success ? { ...click.data, by: 'execute' } : undefined;
}

/** The button that a message with a value is about (Action.Submit); undefined where it is none of ours. */
export function submitted(activity: Partial<Activity>): Click | undefined {
  const click = Click.safeParse(activity.value);
  return click.success ? { ...click.data, by: 'submit' } : undefined;
}
