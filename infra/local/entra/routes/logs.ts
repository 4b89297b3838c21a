import { isoTime } from '../clock';
import { odataBadRequest, unsupportedQuery } from '../graph-error';
import type { Audit, SignIn } from '../log-schema';
import { filterRows, type FilterTable } from '../odata/filter';
import type { PageRule } from '../odata/page';
import { BETA, BOTH, V1, type Call, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection } from './collection';

const READ = ['AuditLog.Read.All'];
const PAGES: PageRule = { default: 1000, max: 1000 };

const text = { type: 'string', plain: ['eq', 'startswith'] } as const;
const time = { type: 'date', plain: ['ge', 'gt', 'le', 'lt', 'eq'] } as const;
const SIGN_IN_FILTERS: FilterTable = {
  id: text,
  createdDateTime: time,
  userId: text,
  userPrincipalName: text,
  userDisplayName: text,
  appId: text,
  appDisplayName: text,
  ipAddress: text,
  correlationId: text,
};
const AUDIT_FILTERS: FilterTable = {
  activityDateTime: time,
  activityDisplayName: text,
  category: text,
  loggedByService: text,
  correlationId: text,
  'targetResources/id': { type: 'strings', plain: ['eq'] },
};

/** Each question goes through a whole log: each of its rows is drawn once. */
const once = <Row extends object, Drawn>(draw: (row: Row) => Drawn): ((row: Row) => Drawn) => {
  const known = new WeakMap<Row, Drawn>();
  return (row) => {
    const drawn = known.get(row) ?? draw(row);
    known.set(row, drawn);
    return drawn;
  };
};

/** What both versions show of a sign-in. */
const drawSignIn = (tenant: Tenant, row: SignIn) => ({
  id: row.id,
  createdDateTime: isoTime(row.at),
  userDisplayName: row.userDisplayName,
  userPrincipalName: row.userPrincipalName,
  userId: row.userId,
  appId: row.appId,
  appDisplayName: row.appDisplayName,
  ipAddress: '127.0.0.1',
  clientAppUsed: 'Browser',
  correlationId: row.id,
  conditionalAccessStatus: 'notApplied',
  isInteractive: true,
  riskDetail: 'none',
  riskLevelAggregated: 'none',
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
  riskEventTypes_v2: [],
  resourceDisplayName: 'My Signins',
  resourceId: row.appId,
  homeTenantId: tenant.state.identity.tenantId,
  resourceTenantId: tenant.state.identity.tenantId,
  status: {
    errorCode: row.errorCode,
    failureReason: row.failureReason,
    additionalDetails: row.errorCode === 0 ? 'MFA requirement satisfied by strong authentication' : null,
  },
  appliedConditionalAccessPolicies: [],
});

/** Only beta tells how somebody signed in. */
const drawBeta = (tenant: Tenant, row: SignIn) => ({
  ...drawSignIn(tenant, row),
  authenticationRequirement: 'multiFactorAuthentication',
  signInEventTypes: ['interactiveUser'],
  authenticationMethodsUsed: [row.method],
  authenticationProcessingDetails: [],
  authenticationDetails: [
    {
      authenticationStepDateTime: isoTime(row.at),
      authenticationMethod: row.method,
      authenticationMethodDetail: row.methodDetail,
      succeeded: row.errorCode === 0,
      authenticationStepResultDetail: row.resultDetail,
      authenticationStepRequirement: '',
    },
  ],
});

const drawAudit = (tenant: Tenant, row: Audit) => ({
  id: row.id,
  category: row.category,
  correlationId: row.id,
  result: 'success',
  resultReason: '',
  activityDisplayName: row.activityDisplayName,
  activityDateTime: isoTime(row.at),
  loggedByService: row.service,
  operationType: row.operationType,
  initiatedBy:
    row.initiatedBy === 'app'
      ? {
          user: null,
          app: { appId: tenant.state.identity.clientId, displayName: 'Keyvouch', servicePrincipalId: null },
        }
      : { app: null, user: { id: row.targetId, displayName: null, userPrincipalName: null, ipAddress: '127.0.0.1' } },
  targetResources: [
    {
      id: row.targetId,
      displayName: row.targetName,
      type: row.targetType,
      userPrincipalName: null,
      modifiedProperties: row.modified,
    },
  ],
  additionalDetails: row.additionalDetails,
});

const newestFirst = (call: Call, property: string): void => {
  const orderBy = call.query.options.get('orderby');
  if (orderBy === undefined) return;
  if (orderBy.toLowerCase() !== `${property} desc`.toLowerCase()) {
    throw odataBadRequest(`The stand-in sorts by '${property} desc' only.`);
  }
};

/** Sign-ins and directory audits, newest first; sign-ins appear after a delay. */
export const logRoutes = (tenant: Tenant): Route[] => {
  const visible = (): SignIn[] => {
    const before = tenant.clock.now() - tenant.switches.get().signInLogDelayMs;
    return tenant.state.logs.signIns.filter((row) => row.at <= before).reverse();
  };
  const signIn = once((row: SignIn) => drawSignIn(tenant, row));
  const betaSignIn = once((row: SignIn) => drawBeta(tenant, row));
  const audit = once((row: Audit) => {
    const drawn = drawAudit(tenant, row);
    return { ...drawn, drawn, 'targetResources/id': drawn.targetResources.map(({ id }) => id) };
  });
  const options = ['filter', 'top', 'skiptoken', 'orderby'] as const;
  const common = { method: 'GET', area: 'reports', needs: [READ], options, effect: false } as const;
  return [
    {
      ...common,
      versions: V1,
      path: '/auditLogs/signIns',
      handle: (call) => {
        newestFirst(call, 'createdDateTime');
        const rows = visible().map(signIn);
        const found = filterRows(rows, call.query, SIGN_IN_FILTERS, 'signIn');
        return collection(tenant, call, found, PAGES, 'auditLogs/signIns', (row) => row);
      },
    },
    {
      ...common,
      versions: BETA,
      path: '/auditLogs/signIns',
      handle: (call) => {
        newestFirst(call, 'createdDateTime');
        const filter = call.query.options.get('filter') ?? '';
        if (/authenticationDetails|authenticationMethod/i.test(filter)) {
          throw unsupportedQuery("Filtering by 'authenticationDetails' is not supported.");
        }
        const rows = visible().map(betaSignIn);
        const filters: FilterTable = { ...SIGN_IN_FILTERS, signInEventTypes: { type: 'strings', plain: ['eq'] } };
        const found = filterRows(rows, call.query, filters, 'signIn');
        return collection(tenant, call, found, PAGES, 'auditLogs/signIns', (row) => row);
      },
    },
    {
      ...common,
      versions: BOTH,
      path: '/auditLogs/directoryAudits',
      needs: [[...READ, 'Directory.Read.All']],
      handle: (call) => {
        newestFirst(call, 'activityDateTime');
        const rows = [...tenant.state.logs.audits].reverse().map(audit);
        const found = filterRows(rows, call.query, AUDIT_FILTERS, 'directoryAudit');
        return collection(tenant, call, found, PAGES, 'auditLogs/directoryAudits', ({ drawn }) => drawn);
      },
    },
  ];
};
