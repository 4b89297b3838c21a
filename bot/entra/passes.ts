import { z } from 'zod';
import { Secret } from '../../agent/protocol/secret';
import { type Graph } from './client/graph';
import { deleteMethod } from './delete-method';
import { explainPassRefusal } from './pass-refusals';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** What Graph tells of a pass: its state, never its text. */
export interface PassState {
  id: string;
  createdAt?: Date;
  startsAt?: Date;
  lifetimeInMinutes?: number;
  isUsableOnce?: boolean;
  isUsable?: boolean;
  /** EnabledByPolicy, DisabledByPolicy, Expired, NotYetValid, OneTimeUsed. */
  reason?: string;
}

/** A pass just made. `pass` is its text, given this one time. */
export interface NewPass {
  id: string;
  pass: Secret;
  createdAt: Date;
  startsAt: Date;
  validUntil: Date;
  lifetimeInMinutes: number;
  isUsableOnce: boolean;
  /** The `client-request-id` of the call, for the audit. */
  requestId: string;
}

/** What is wanted of a new pass. What is left out comes from the tenant's policy. */
export interface PassRequest {
  lifetimeInMinutes?: number;
  isUsableOnce?: boolean;
  startDateTime?: Date;
}

/** Temporary Access Passes of one user. Graph keeps one per user: a new one ends the old one. */
export interface Passes {
  list: (userId: string) => Promise<PassState[]>;
  /**
   * Never repeated by itself after an unclear failure: the text of a pass whose reply was lost is lost too. Faults
   * `pass-policy-off`, `pass-lifetime`, `pass-guest`, `person-unknown` and the general ones; with `facts.ambiguous` a
   * pass may exist now, and is to be looked for and deleted.
   */
  create: (userId: string, request: PassRequest, options?: { timeoutMs?: number }) => Promise<NewPass>;
  /** `gone`: it was not there any more, which is as good. */
  delete: (userId: string, methodId: string) => Promise<'deleted' | 'gone'>;
}

const when = z.string().datetime({ offset: true });

const StateReply = z
  .object({
    id: z.string().min(1),
    createdDateTime: when.nullish(),
    startDateTime: when.nullish(),
    lifetimeInMinutes: z.number().int().nullish(),
    isUsableOnce: z.boolean().nullish(),
    isUsable: z.boolean().nullish(),
    methodUsabilityReason: z.string().nullish(),
  })
  .transform((pass): PassState => ({
    id: pass.id,
    ...(pass.createdDateTime ? { createdAt: new Date(pass.createdDateTime) } : {}),
    ...(pass.startDateTime ? { startsAt: new Date(pass.startDateTime) } : {}),
    ...(typeof pass.lifetimeInMinutes === 'number' ? { lifetimeInMinutes: pass.lifetimeInMinutes } : {}),
    ...(typeof pass.isUsableOnce === 'boolean' ? { isUsableOnce: pass.isUsableOnce } : {}),
    ...(typeof pass.isUsable === 'boolean' ? { isUsable: pass.isUsable } : {}),
    ...(pass.methodUsabilityReason ? { reason: pass.methodUsabilityReason } : {}),
  }));

/** The text becomes a Secret while it is parsed: no plain value is left for a log or an error to hold. */
const NewPassReply = z
  .object({
    id: z.string().min(1),
    temporaryAccessPass: z.string().min(1),
    createdDateTime: when,
    startDateTime: when.nullish(),
    lifetimeInMinutes: z.number().int().positive(),
    isUsableOnce: z.boolean(),
  })
  .transform(({ temporaryAccessPass, ...rest }) => ({ ...rest, pass: new Secret(temporaryAccessPass) }));

/** {@link Passes} over Graph. */
export function createPasses(graph: Graph): Passes {
  return {
    list: async (userId) =>
      graph.list(
        {
          operation: 'passes.list',
          method: 'GET',
          path: paths.passes(userId),
          repeat: 'read',
          explain: explainUnknownPerson,
        },
        StateReply,
      ),
    create: async (userId, request, options = {}) => {
      const { startDateTime, ...rest } = request;
      const { data, requestId } = await graph.ask(
        {
          operation: 'passes.create',
          method: 'POST',
          path: paths.passes(userId),
          repeat: 'once',
          body: { ...rest, ...(startDateTime === undefined ? {} : { startDateTime: startDateTime.toISOString() }) },
          explain: explainPassRefusal,
          ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
        },
        NewPassReply,
      );
      const createdAt = new Date(data.createdDateTime);
      const startsAt = new Date(data.startDateTime ?? data.createdDateTime);
      return {
        id: data.id,
        pass: data.pass,
        createdAt,
        startsAt,
        validUntil: new Date(startsAt.getTime() + data.lifetimeInMinutes * 60_000),
        lifetimeInMinutes: data.lifetimeInMinutes,
        isUsableOnce: data.isUsableOnce,
        requestId,
      };
    },
    delete: async (userId, methodId) =>
      deleteMethod(graph, { operation: 'passes.delete', path: paths.pass(userId, methodId) }),
  };
}
