import { z, ZodError } from 'zod';
import { Fault } from '../../../../agent/protocol/fault';
import { Secret } from '../../../../agent/protocol/secret';
import { editSchema } from '../edit';
import { GraphError } from '../graph-error';
import type { PolicyChanges } from '../policy/change';
import { fido2PolicySchema, passPolicySchema } from '../policy-schema';
import type { EntraStandIn } from '../stand-in';
import { faultSchema, switchesSchema } from '../switches';

/** An answer of the stand-in's own paths. */
export interface OwnReply {
  status: number;
  body: unknown;
}

const signInPass = z.object({ upn: z.string(), pass: z.string() }).strict();
const atKey = z.object({ upn: z.string(), device: z.string(), pin: z.string() }).strict();
const securityInfo = atKey.extend({ session: z.string(), name: z.string().optional() }).strict();

const enrolBody = atKey.extend({ name: z.string().optional() }).strict();
const policyBody = z
  .object({
    fido2: fido2PolicySchema.partial().optional(),
    temporaryAccessPass: passPolicySchema.partial().optional(),
  })
  .strict();

type Handler = (body: unknown, argument: string) => unknown;

/** `POST` and `GET` under `/_standin/`: for tests in other processes and for the sandbox page. Not part of Entra. */
export const createOwnPaths = (standIn: EntraStandIn) => {
  const key = ({ device, pin }: { device: string; pin: string }) => ({ device, pin: new Secret(pin) });
  const handlers: Record<string, Handler> = {
    'GET switches': () => standIn.switches.get(),
    'POST switches': (body) => standIn.switches.set(switchesSchema.partial().parse(body)),
    'POST faults': (body) => {
      standIn.switches.fail(faultSchema.parse(body));
      return standIn.switches.get();
    },
    'GET people': () => standIn.people(),
    'GET view': (_body, user) => standIn.view(user),
    'GET effects': () => ({ counts: standIn.counts(), effects: standIn.effects() }),
    'POST effects/clear': () => standIn.clearEffects(),
    'GET mails': () => standIn.mails(),
    'POST users': (body) => {
      const edit = editSchema.parse(body);
      standIn.edit(edit);
      return edit.delete ? {} : standIn.view(edit.user);
    },
    'POST policy': (body) => {
      standIn.setPolicy(policyBody.parse(body) as PolicyChanges);
    },
    'POST enrol': (body) => {
      const { upn, name, ...rest } = enrolBody.parse(body);
      return standIn.enrol(upn, key(rest), name);
    },
    'POST signin/pass': (body) => {
      const { upn, pass } = signInPass.parse(body);
      return standIn.signInWithPass(upn, pass);
    },
    'POST signin/key': (body) => {
      const { upn, ...rest } = atKey.parse(body);
      return standIn.signInWithKey(upn, key(rest));
    },
    'POST securityinfo': (body) => {
      const { upn, session, name, ...rest } = securityInfo.parse(body);
      return standIn.registerAtSecurityInfo(upn, session, key(rest), name);
    },
  };

  return async (method: string, path: string, body: unknown): Promise<OwnReply> => {
    const whole = `${method} ${path.slice('/_standin/'.length)}`;
    const [, first = '', argument = ''] = /^(\S+ [^/]+)\/(.+)$/.exec(whole) ?? [];
    const handler = handlers[whole] ?? (first === 'GET view' ? handlers[first] : undefined);
    if (!handler) return { status: 404, body: { error: 'no such path' } };
    try {
      return { status: 200, body: (await handler(body, decodeURIComponent(argument))) ?? {} };
    } catch (error) {
      if (error instanceof ZodError) return { status: 400, body: { error: error.issues } };
      if (error instanceof GraphError) return { status: error.status, body: { error: error.message } };
      if (error instanceof Fault) return { status: 409, body: { error: error.code, say: error.say, todo: error.todo } };
      throw error;
    }
  };
};
