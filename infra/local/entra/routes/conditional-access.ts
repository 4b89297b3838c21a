import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isoTime } from '../clock';
import { GraphError, resourceNotFound } from '../graph-error';
import { filterRows, type FilterTable } from '../odata/filter';
import { DIRECTORY_PAGES } from '../odata/page';
import type { ConditionalAccessPolicy } from '../policy-schema';
import { BOTH, type Call, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection, entity } from './collection';

const READ = ['Policy.Read.All'];
const WRITE = ['Policy.ReadWrite.ConditionalAccess'];
const APPLICATIONS = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];
const ROOT = '/identity/conditionalAccess/policies';

const strings = z.array(z.string()).default([]);
const usersSchema = z
  .object({
    includeUsers: strings,
    excludeUsers: strings,
    includeGroups: strings,
    excludeGroups: strings,
    includeRoles: strings,
    excludeRoles: strings,
  })
  .strict();
const conditionsSchema = z
  .object({
    clientAppTypes: z.array(z.string()).min(1),
    applications: z
      .object({
        includeApplications: z.array(z.string()),
        excludeApplications: strings,
        includeUserActions: strings,
      })
      .strict(),
    users: usersSchema,
    userRiskLevels: strings,
    signInRiskLevels: strings,
  })
  .strict();
const grantSchema = z
  .object({
    operator: z.enum(['AND', 'OR']),
    builtInControls: strings,
    customAuthenticationFactors: strings,
    termsOfUse: strings,
    // By id only: the whole object is answered with "Request malformed or incorrect".
    authenticationStrength: z.object({ id: z.string() }).strict().nullish(),
  })
  .strict();
const policySchema = z
  .object({
    displayName: z.string().min(1).max(256),
    state: z.enum(['enabled', 'disabled', 'enabledForReportingButNotEnforced']),
    conditions: conditionsSchema,
    grantControls: grantSchema.nullable().default(null),
    sessionControls: z.null().optional(),
  })
  .strict();

const malformed = (detail: string): GraphError =>
  new GraphError(400, 'BadRequest', `1037: The policy is not valid. Request malformed or incorrect: ${detail}`);

const parse = (body: unknown): z.output<typeof policySchema> => {
  const parsed = policySchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw malformed(parsed.error.issues[0]?.path.join('.') ?? 'body');
};

const FILTERS: FilterTable = {
  displayName: { type: 'string', plain: ['eq', 'startswith'] },
  state: { type: 'string', plain: ['eq'] },
  id: { type: 'string', plain: ['eq'] },
};

/** Conditional Access policies. The stand-in keeps them; it does not enforce them at its own sign-in. */
export const conditionalAccessRoutes = (tenant: Tenant): Route[] => {
  const { policies } = tenant.state;
  const find = (call: Call): ConditionalAccessPolicy => {
    const policy = policies.conditionalAccess.find((one) => one.id === (call.params.id ?? '').toLowerCase());
    if (!policy) throw resourceNotFound(call.params.id ?? '');
    return policy;
  };
  const draw = (policy: ConditionalAccessPolicy): object => {
    const grant = grantSchema.safeParse(policy['grantControls']);
    const strengthId = grant.success ? grant.data.authenticationStrength?.id : undefined;
    const strength = policies.strengths.find((one) => one.id === strengthId);
    if (!grant.success || !strength) return policy;
    return { ...policy, grantControls: { ...grant.data, authenticationStrength: strength } };
  };
  const requireStrength = (policy: z.output<typeof policySchema>): void => {
    const id = policy.grantControls?.authenticationStrength?.id;
    if (id !== undefined && !policies.strengths.some((one) => one.id === id)) throw malformed('authenticationStrength');
  };
  const common = { versions: BOTH, area: 'conditionalAccess', options: [] } as const;

  return [
    {
      ...common,
      method: 'GET',
      path: ROOT,
      needs: [READ],
      options: ['filter', 'top', 'skiptoken'],
      effect: false,
      handle: (call) => {
        const found = filterRows(policies.conditionalAccess, call.query, FILTERS, 'conditionalAccessPolicy');
        return collection(tenant, call, found, DIRECTORY_PAGES, ROOT.slice(1), draw);
      },
    },
    {
      ...common,
      method: 'POST',
      path: ROOT,
      needs: [READ, WRITE, APPLICATIONS],
      effect: true,
      handle: (call) => {
        const body = parse(call.body);
        requireStrength(body);
        const policy: ConditionalAccessPolicy = {
          id: randomUUID(),
          templateId: null,
          createdDateTime: isoTime(tenant.clock.now()),
          modifiedDateTime: null,
          sessionControls: null,
          ...body,
        };
        tenant.store.change('conditional-access', undefined, () => policies.conditionalAccess.push(policy));
        return entity(call, `${ROOT.slice(1)}/$entity`, draw(policy), 201);
      },
    },
    {
      ...common,
      method: 'GET',
      path: `${ROOT}/{id}`,
      needs: [READ],
      effect: false,
      handle: (call) => entity(call, `${ROOT.slice(1)}/$entity`, draw(find(call))),
    },
    {
      ...common,
      method: 'PATCH',
      path: `${ROOT}/{id}`,
      needs: [READ, WRITE, APPLICATIONS],
      effect: true,
      handle: (call) => {
        const policy = find(call);
        const changes = z.record(z.unknown()).safeParse(call.body);
        if (!changes.success) throw malformed('body');
        const { displayName, state, conditions, grantControls } = policy as Record<string, unknown>;
        const after = parse({ displayName, state, conditions, grantControls, ...changes.data });
        requireStrength(after);
        tenant.store.change('conditional-access', undefined, () =>
          Object.assign(policy, after, { modifiedDateTime: isoTime(tenant.clock.now()) }),
        );
        return { status: 204 };
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: `${ROOT}/{id}`,
      needs: [READ, WRITE],
      effect: true,
      handle: (call) => {
        const policy = find(call);
        tenant.store.change('conditional-access', undefined, () => {
          policies.conditionalAccess = policies.conditionalAccess.filter((one) => one !== policy);
        });
        return { status: 204 };
      },
    },
  ];
};
