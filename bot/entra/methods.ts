import { z } from 'zod';
import { type Graph } from './client/graph';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** The kinds that are told apart; everything else is `other`. */
export const METHOD_KINDS = [
  'fido2',
  'windowsHelloForBusiness',
  'platformCredential',
  'temporaryAccessPass',
  'microsoftAuthenticator',
  'phone',
  'password',
] as const;

export type MethodKind = (typeof METHOD_KINDS)[number];

interface Common {
  /** Entra's id of the method, opaque. */
  id: string;
  /** Whether a sign-in with it cannot be passed on by a fake page. */
  phishingResistant: boolean;
  createdAt?: Date;
}

/** One way in which a user can sign in. */
export type Method =
  | (Common & { kind: Exclude<MethodKind, 'phone' | 'temporaryAccessPass' | 'password'>; displayName?: string })
  | (Common & { kind: 'temporaryAccessPass'; isUsable?: boolean })
  | (Common & { kind: 'phone'; phoneType?: string })
  | (Common & { kind: 'password' })
  /** `type` as Graph names it: `softwareOathAuthenticationMethod`. */
  | (Common & { kind: 'other'; type: string });

const RESISTANT = new Set<MethodKind>(['fido2', 'windowsHelloForBusiness', 'platformCredential']);

const MethodReply = z
  .object({
    '@odata.type': z.string(),
    id: z.string().min(1),
    displayName: z.string().nullish(),
    createdDateTime: z.string().datetime({ offset: true }).nullish().catch(undefined),
    isUsable: z.boolean().nullish(),
    phoneType: z.string().nullish(),
  })
  .transform((reply): Method => {
    const type = reply['@odata.type'].replace('#microsoft.graph.', '');
    const kind = METHOD_KINDS.find((known) => `${known}AuthenticationMethod` === type);
    const common = {
      id: reply.id,
      phishingResistant: kind !== undefined && RESISTANT.has(kind),
      ...(reply.createdDateTime ? { createdAt: new Date(reply.createdDateTime) } : {}),
    };
    switch (kind) {
      case undefined:
        return { ...common, kind: 'other', type };
      case 'password':
        return { ...common, kind };
      case 'phone':
        return { ...common, kind, ...(reply.phoneType ? { phoneType: reply.phoneType } : {}) };
      case 'temporaryAccessPass':
        return { ...common, kind, ...(typeof reply.isUsable === 'boolean' ? { isUsable: reply.isUsable } : {}) };
      case 'fido2':
      case 'windowsHelloForBusiness':
      case 'platformCredential':
      case 'microsoftAuthenticator':
        return { ...common, kind, ...(reply.displayName ? { displayName: reply.displayName } : {}) };
    }
  });

/** All the ways in which a user can sign in. */
export interface Methods {
  list: (userId: string) => Promise<Method[]>;
}

/** {@link Methods} over Graph. */
export function createMethods(graph: Graph): Methods {
  return {
    list: async (userId) =>
      graph.list(
        {
          operation: 'methods.list',
          method: 'GET',
          path: paths.methods(userId),
          repeat: 'read',
          explain: explainUnknownPerson,
        },
        MethodReply,
      ),
  };
}
