import { type Graph } from './client/graph';
import { Fido2PolicyReply, type Fido2Policy } from './fido2-policy';
import { PassPolicyReply, type PassPolicy } from './pass-policy';
import { paths } from './paths';

/** The tenant's authentication method policies, as they are now. A change is seen everywhere only after minutes. */
export interface Policies {
  fido2: () => Promise<Fido2Policy>;
  temporaryAccessPass: () => Promise<PassPolicy>;
}

/** {@link Policies} over Graph. */
export function createPolicies(graph: Graph): Policies {
  return {
    fido2: async () => {
      const call = { operation: 'policies.fido2', method: 'GET', path: paths.fido2Policy(), repeat: 'read' } as const;
      return (await graph.ask(call, Fido2PolicyReply)).data;
    },
    temporaryAccessPass: async () => {
      const path = paths.temporaryAccessPassPolicy();
      const call = { operation: 'policies.temporaryAccessPass', method: 'GET', path, repeat: 'read' } as const;
      return (await graph.ask(call, PassPolicyReply)).data;
    },
  };
}
