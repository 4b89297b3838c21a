import { ClientSecretCredential } from '@azure/identity';
import { Agent, fetch as fetchWith } from 'undici';
import { startEntra, type EntraStandIn } from './index';
import { createEntra, type Entra, PERMISSIONS } from '../../../bot/entra';

/** The client of bot/entra, with all the rights it is given, against the stand-in over https. */
export interface AtStandIn {
  standIn: EntraStandIn;
  entra: Entra;
  /** Milliseconds of each wait; none takes any time. */
  slept: number[];
  /** What was logged, as JSON. */
  logged: string[];
  /** Another client, which has no token yet. */
  fresh(): Entra;
  /** The administrator at work: Keyvouch itself has no right to change the policy. */
  patchFido2(change: object): Promise<void>;
  close(): Promise<void>;
}

export async function openAtStandIn(): Promise<AtStandIn> {
  const standIn = await startEntra();
  standIn.switches.set({ grantedPermissions: PERMISSIONS.map(({ name }) => name) });
  const agent = new Agent({ connect: { ca: standIn.caPem } });
  const slept: number[] = [];
  const logged: string[] = [];

  /** A fetch that trusts the stand-in's own authority. */
  const trusting = ((url: string, init: object) =>
    fetchWith(url, { ...init, dispatcher: agent })) as unknown as typeof fetch;

  function newCredential(): ClientSecretCredential {
    const own = { authorityHost: standIn.url, disableInstanceDiscovery: true, tlsOptions: { ca: standIn.caPem } };
    return new ClientSecretCredential(standIn.tenantId, standIn.clientId, standIn.clientSecret, own);
  }

  const fresh = () =>
    createEntra({
      graphUrl: standIn.url,
      credential: newCredential(),
      fetch: trusting,
      // A wait takes no time, and time has passed all the same.
      now: () => Date.now() + slept.reduce((sum, ms) => sum + ms, 0),
      sleep: (ms) => {
        slept.push(ms);
        return Promise.resolve();
      },
      log: (entry) => logged.push(JSON.stringify(entry)),
    });

  return {
    ...{ standIn, slept, logged, fresh },
    entra: fresh(),
    async patchFido2(change) {
      const before = standIn.switches.get().grantedPermissions;
      standIn.switches.set({ grantedPermissions: ['Policy.ReadWrite.AuthenticationMethod'] });
      const { token } = await newCredential().getToken('https://graph.microsoft.com/.default');
      standIn.switches.set({ grantedPermissions: before });
      const path = '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2';
      const reply = await fetchWith(standIn.url + path, {
        method: 'PATCH',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration', ...change }),
        dispatcher: agent,
      });
      if (!reply.ok) throw new Error(`PATCH ${reply.status}: ${await reply.text()}`);
    },
    async close() {
      await agent.destroy();
      await standIn.close();
    },
  };
}
