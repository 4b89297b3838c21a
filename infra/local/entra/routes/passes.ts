import { writeAudit } from '../audit';
import { isoTime } from '../clock';
import { requirePerson } from '../directory';
import type { Person } from '../directory-schema';
import { methodNotFound } from '../graph-error';
import type { Pass } from '../methods-schema';
import { isListed } from '../methods-visible';
import { createPass, endPass } from '../passes/create';
import { usabilityOf } from '../passes/usability';
import { BOTH, type Route } from '../route';
import type { Tenant } from '../tenant';
import { contextOf, entity } from './collection';

const WRITE = ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.ReadWrite.All'];
const READ = ['UserAuthMethod-TAP.Read.All', 'UserAuthenticationMethod.Read.All', ...WRITE];
const PATH = '/users/{id}/authentication/temporaryAccessPassMethods';

/** A pass as Graph shows it; the value only in the answer that made it. */
export const drawPass = (tenant: Tenant, person: Person, pass: Pass, value: string | null): object => {
  const reason = usabilityOf(tenant, person, pass);
  return {
    id: pass.id,
    temporaryAccessPass: value,
    createdDateTime: isoTime(pass.createdAt),
    startDateTime: isoTime(pass.startsAt),
    lifetimeInMinutes: pass.lifetimeInMinutes,
    isUsableOnce: pass.isUsableOnce,
    isUsable: reason === 'EnabledByPolicy',
    methodUsabilityReason: reason,
  };
};

export const passesOf = (tenant: Tenant, person: Person): Pass[] =>
  tenant.state.methods.passes.filter((pass) => pass.userId === person.id && isListed(tenant, pass));

const fragment = (person: Person): string => `users('${person.id}')/authentication/temporaryAccessPassMethods`;

/** Temporary Access Passes: list, make, look at, delete. */
export const passRoutes = (tenant: Tenant): Route[] => {
  const find = (person: Person, id: string): Pass => {
    const pass = tenant.state.methods.passes.find(
      (one) => one.userId === person.id && one.id === id.toLowerCase() && one.endedAt === null,
    );
    if (!pass) throw methodNotFound();
    return pass;
  };
  const common = { versions: BOTH, area: 'authentication', options: [] } as const;
  return [
    {
      ...common,
      method: 'GET',
      path: PATH,
      needs: [READ],
      effect: false,
      handle: (call) => {
        const person = requirePerson(tenant.state.directory, call.params.id ?? '');
        const value = passesOf(tenant, person).map((pass) => drawPass(tenant, person, pass, null));
        return { status: 200, body: { '@odata.context': contextOf(call, fragment(person)), value } };
      },
    },
    {
      ...common,
      method: 'POST',
      path: PATH,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const person = requirePerson(tenant.state.directory, call.params.id ?? '');
        const { pass, value } = createPass(tenant, person, call.body);
        return entity(call, `${fragment(person)}/$entity`, drawPass(tenant, person, pass, value.reveal()), 201);
      },
    },
    {
      ...common,
      method: 'GET',
      path: `${PATH}/{methodId}`,
      needs: [READ],
      effect: false,
      handle: (call) => {
        const person = requirePerson(tenant.state.directory, call.params.id ?? '');
        const pass = find(person, call.params.methodId ?? '');
        return entity(call, `${fragment(person)}/$entity`, drawPass(tenant, person, pass, null));
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: `${PATH}/{methodId}`,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const person = requirePerson(tenant.state.directory, call.params.id ?? '');
        const pass = find(person, call.params.methodId ?? '');
        tenant.store.change('pass-deleted', person.id, (state) => {
          endPass(tenant, pass, 'deleted');
          writeAudit(state, tenant.clock.now(), {
            activityDisplayName: 'Admin deleted security info',
            category: 'UserManagement',
            operationType: 'Delete',
            target: person,
            additionalDetails: [{ key: 'AuthenticationMethod', value: 'Temporary Access Pass' }],
          });
        });
        return { status: 204 };
      },
    },
  ];
};
