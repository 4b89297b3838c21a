import { z } from 'zod';
import { requirePerson } from '../directory';
import { odataBadRequest, resourceNotFound } from '../graph-error';
import { recordManager } from '../manager';
import { BOTH, type Call, type Reply, type Route } from '../route';
import type { Tenant } from '../tenant';

const WRITE = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
const refSchema = z.object({ '@odata.id': z.string() });
/** The end of `https://graph.microsoft.com/v1.0/users/{id}`, or of a directoryObjects address. */
const REFERRED = /\/(?:users|directoryObjects)\/([0-9a-f-]{36})$/i;

/** The manager, written: an administrator's doing, for Keyvouch has no right to it. Each change leaves an audit row. */
export const managerRoutes = (tenant: Tenant): Route[] => {
  const change = (call: Call, managerId: string | null): Reply => {
    const person = requirePerson(tenant.state.directory, call.params.id ?? '');
    if (managerId === null && person.managerId === null) throw resourceNotFound('manager');
    tenant.store.change('user', person.id, (state) => {
      const before = person.managerId;
      person.managerId = managerId;
      recordManager(state, tenant.clock.now(), person, before);
    });
    return { status: 204 };
  };
  const common = { versions: BOTH, path: '/users/{id}/manager/$ref', area: 'directory', needs: [WRITE] } as const;
  return [
    {
      ...common,
      method: 'PUT',
      options: [],
      effect: true,
      handle: (call) => {
        const parsed = refSchema.safeParse(call.body);
        const id = parsed.success ? REFERRED.exec(parsed.data['@odata.id'])?.[1] : undefined;
        if (id === undefined) throw odataBadRequest('A reference to a user is needed: {"@odata.id": "…/users/{id}"}.');
        return change(call, requirePerson(tenant.state.directory, id.toLowerCase()).id);
      },
    },
    { ...common, method: 'DELETE', options: [], effect: true, handle: (call) => change(call, null) },
  ];
};
