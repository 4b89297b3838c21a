import { writeAudit } from '../audit';
import { isoTime } from '../clock';
import { requirePerson } from '../directory';
import type { Person } from '../directory-schema';
import { badRequest, methodNotFound } from '../graph-error';
import type { Passkey } from '../methods-schema';
import { isListed } from '../methods-visible';
import { creationOptions } from '../passkeys/creation-options';
import { encodeId } from '../passkeys/id-encoding';
import { registerPasskey } from '../passkeys/register';
import { BETA, BOTH, V1, type Call, type Reply, type Route } from '../route';
import type { Tenant } from '../tenant';
import { contextOf, entity } from './collection';

const WRITE = ['UserAuthMethod-Passkey.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'];
// The permission list gives the list operation this one only, and the single one more.
const LIST = ['UserAuthMethod-Passkey.Read.All'];
const READ = [...LIST, 'UserAuthenticationMethod.Read.All', ...WRITE];
const PATH = '/users/{id}/authentication/fido2Methods';

const KEPT_ENDED = 20;

export const drawPasskey = (tenant: Tenant, passkey: Passkey): object => ({
  id: encodeId(passkey.credentialId, tenant.switches.get().idEncoding),
  displayName: passkey.displayName,
  createdDateTime: isoTime(passkey.createdAt),
  aaGuid: passkey.aaGuid,
  model: passkey.model,
  attestationCertificates: passkey.attestationCertificates,
  attestationLevel: passkey.attestationLevel,
  passkeyType: passkey.passkeyType,
});

export const passkeysOf = (tenant: Tenant, person: Person): Passkey[] =>
  tenant.state.methods.passkeys.filter((one) => one.userId === person.id && isListed(tenant, one));

const fragment = (person: Person): string => `users('${person.id}')/authentication/fido2Methods`;

/** Takes a registration away; its row stays for a while, because lists lag behind. */
export const endPasskey = (tenant: Tenant, person: Person, passkey: Passkey): void =>
  tenant.store.change('passkey-deleted', person.id, (state) => {
    passkey.endedAt = tenant.clock.now();
    const ended = state.methods.passkeys.filter((one) => one.userId === person.id && one.endedAt !== null);
    const old = new Set(ended.slice(0, Math.max(0, ended.length - KEPT_ENDED)));
    if (old.size > 0) state.methods.passkeys = state.methods.passkeys.filter((one) => !old.has(one));
    writeAudit(state, tenant.clock.now(), {
      activityDisplayName: 'Delete Passkey (device-bound) security key',
      category: 'UserManagement',
      operationType: 'Delete',
      target: person,
      additionalDetails: [{ key: 'AAGuid', value: passkey.aaGuid }],
    });
  });

/** Passkeys (FIDO2 methods): options, register, list, look at, delete. */
export const passkeyRoutes = (tenant: Tenant): Route[] => {
  const personOf = (call: Call): Person => requirePerson(tenant.state.directory, call.params.id ?? '');
  const find = (person: Person, id: string): Passkey => {
    const { idEncoding } = tenant.switches.get();
    const passkey = tenant.state.methods.passkeys.find(
      (one) => one.userId === person.id && one.endedAt === null && encodeId(one.credentialId, idEncoding) === id,
    );
    if (!passkey) throw methodNotFound();
    return passkey;
  };
  const options = async (call: Call, minutes: number): Promise<Reply> => {
    const body = await creationOptions(tenant, personOf(call), minutes);
    return entity(call, 'microsoft.graph.webauthnCredentialCreationOptions', body);
  };
  const common = { area: 'authentication', options: [], effect: false } as const;
  return [
    {
      ...common,
      method: 'GET',
      versions: BOTH,
      path: `${PATH}/creationOptions`,
      needs: [WRITE],
      // `?challengeTimeoutInMinutes=` worked once and is refused now.
      customQuery: 'notAllowed',
      handle: (call) => options(call, 5),
    },
    {
      ...common,
      method: 'GET',
      versions: BETA,
      path: `${PATH}/creationOptions(challengeTimeoutInMinutes={minutes})`,
      needs: [WRITE],
      handle: (call) => {
        const minutes = Number(call.params.minutes);
        if (!Number.isInteger(minutes) || minutes < 5 || minutes > 43_200) {
          throw badRequest('challengeTimeoutInMinutes must be between 5 and 43200.');
        }
        return options(call, minutes);
      },
    },
    {
      ...common,
      method: 'GET',
      versions: BOTH,
      path: PATH,
      needs: [LIST],
      handle: (call) => {
        const person = personOf(call);
        const value = passkeysOf(tenant, person).map((one) => drawPasskey(tenant, one));
        return { status: 200, body: { '@odata.context': contextOf(call, fragment(person)), value } };
      },
    },
    {
      ...common,
      method: 'POST',
      versions: BOTH,
      path: PATH,
      needs: [WRITE],
      effect: true,
      handle: async (call) => {
        const person = personOf(call);
        const passkey = await registerPasskey(tenant, person, call.body, 'app');
        return entity(call, `${fragment(person)}/$entity`, drawPasskey(tenant, passkey), 201);
      },
    },
    {
      ...common,
      method: 'GET',
      versions: V1,
      path: `${PATH}/{methodId}`,
      needs: [READ],
      handle: (call) => {
        const person = personOf(call);
        const passkey = find(person, call.params.methodId ?? '');
        return entity(call, `${fragment(person)}/$entity`, drawPasskey(tenant, passkey));
      },
    },
    {
      ...common,
      method: 'DELETE',
      versions: V1,
      path: `${PATH}/{methodId}`,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const person = personOf(call);
        endPasskey(tenant, person, find(person, call.params.methodId ?? ''));
        return { status: 204 };
      },
    },
  ];
};
