import { z } from 'zod';
import { isoTime } from '../clock';
import { findPerson } from '../directory';
import { badRequest, GraphError } from '../graph-error';
import { filterRows } from '../odata/filter';
import { BOTH, type Call, type Reply, type Route } from '../route';
import type { State } from '../state';
import type { Tenant } from '../tenant';
import { collection, entity } from './collection';

type Risk = State['logs']['risks'][number];
const ROOT = '/identityProtection/riskyUsers';
const MAX_USERS = 60;
const bodySchema = z.object({ userIds: z.array(z.string()).min(1).max(MAX_USERS) }).strict();

/** Risky users: read, confirm, dismiss. */
export const riskRoutes = (tenant: Tenant): Route[] => {
  const draw = (risk: Risk) => {
    const person = findPerson(tenant.state.directory, risk.userId);
    return {
      id: risk.userId,
      isDeleted: false,
      isProcessing: false,
      riskLastUpdatedDateTime: isoTime(risk.at),
      riskLevel: risk.riskLevel,
      riskState: risk.riskState,
      riskDetail: risk.riskState === 'confirmedCompromised' ? 'adminConfirmedUserCompromised' : 'none',
      userDisplayName: person?.displayName ?? null,
      userPrincipalName: person?.userPrincipalName ?? null,
    };
  };
  const mark = (call: Call, riskLevel: Risk['riskLevel'], riskState: Risk['riskState']): Reply => {
    const body = bodySchema.safeParse(call.body);
    if (!body.success) throw badRequest(`userIds must hold 1 to ${MAX_USERS} ids.`);
    tenant.store.change('risk', undefined, (state) => {
      for (const id of body.data.userIds) {
        const userId = id.toLowerCase();
        state.logs.risks = state.logs.risks.filter((one) => one.userId !== userId);
        if (findPerson(state.directory, userId)) {
          state.logs.risks.push({ userId, riskLevel, riskState, at: tenant.clock.now() });
        }
      }
    });
    return { status: 204 };
  };
  const read = { method: 'GET', needs: [['IdentityRiskyUser.Read.All', 'IdentityRiskyUser.ReadWrite.All']] } as const;
  const write = { method: 'POST', needs: [['IdentityRiskyUser.ReadWrite.All']] } as const;
  const common = { versions: BOTH, area: 'risk', options: [], effect: false } as const;
  return [
    {
      ...common,
      ...read,
      path: ROOT,
      options: ['filter', 'top', 'skiptoken'],
      handle: (call) => {
        const equal = { type: 'string', plain: ['eq'] } as const;
        const filters = { id: equal, riskLevel: equal, riskState: equal, userPrincipalName: equal };
        const found = filterRows(tenant.state.logs.risks.map(draw), call.query, filters, 'riskyUser');
        return collection(tenant, call, found, { default: 100, max: 500 }, ROOT.slice(1), (row) => row);
      },
    },
    {
      ...common,
      ...read,
      path: `${ROOT}/{id}`,
      handle: (call) => {
        const risk = tenant.state.logs.risks.find((one) => one.userId === (call.params.id ?? '').toLowerCase());
        if (!risk) throw new GraphError(404, 'ResourceNotFound', 'The risky user was not found.');
        return entity(call, `${ROOT.slice(1)}/$entity`, draw(risk));
      },
    },
    {
      ...common,
      ...write,
      path: `${ROOT}/confirmCompromised`,
      effect: true,
      handle: (call) => mark(call, 'high', 'confirmedCompromised'),
    },
    {
      ...common,
      ...write,
      path: `${ROOT}/dismiss`,
      effect: true,
      handle: (call) => mark(call, 'none', 'dismissed'),
    },
  ];
};
