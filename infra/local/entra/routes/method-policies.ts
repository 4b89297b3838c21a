import { z, type ZodRawShape } from 'zod';
import { writeAudit } from '../audit';
import { isoTime } from '../clock';
import { badRequest, odataBadRequest } from '../graph-error';
import { fido2Factory, passFactory } from '../policy/defaults';
import { writePolicy, written } from '../policy/effective';
import { fido2PolicySchema, passPolicySchema, type Fido2Policy, type PassPolicy } from '../policy-schema';
import { BOTH, type Route } from '../route';
import type { Tenant } from '../tenant';
import { contextOf, entity } from './collection';

const WRITE = ['Policy.ReadWrite.AuthenticationMethod'];
const READ = ['Policy.Read.AuthenticationMethod', ...WRITE];
const ROOT = '/policies/authenticationMethodsPolicy';
const MAX_BYTES = 20 * 1024;

/** In a tenant without profiles the service knows nothing of them. */
const drawFido2 = (tenant: Tenant): object => {
  const policy = written(tenant.state.policies.fido2);
  const { passkeyProfiles, defaultPasskeyProfile, includeTargets, ...rest } = policy;
  const older = tenant.switches.get().policyMode === 'older';
  return {
    '@odata.type': '#microsoft.graph.fido2AuthenticationMethodConfiguration',
    id: 'Fido2',
    ...rest,
    includeTargets: includeTargets.map(({ allowedPasskeyProfiles, ...target }) =>
      older ? target : { ...target, allowedPasskeyProfiles },
    ),
    ...(older ? {} : { defaultPasskeyProfile, passkeyProfiles }),
  };
};

const drawPassPolicy = (tenant: Tenant): object => ({
  '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration',
  id: 'TemporaryAccessPass',
  ...written(tenant.state.policies.temporaryAccessPass),
});

/** `PATCH` merges at the top level and replaces arrays; `@odata.type` must be there and be right. */
const merge = <T extends object, S extends ZodRawShape>(
  before: T,
  body: unknown,
  type: string,
  schema: z.ZodObject<S, 'strict', z.ZodTypeAny, T>,
): T => {
  const parsed = z.record(z.unknown()).safeParse(body);
  if (!parsed.success) throw odataBadRequest('The request body must be a JSON object.');
  const { '@odata.type': odataType, '@odata.context': _context, id: _id, ...changes } = parsed.data;
  if (odataType !== `#microsoft.graph.${type}`) {
    throw badRequest(`The request must contain '@odata.type': '#microsoft.graph.${type}'.`);
  }
  const result = schema.safeParse({ ...before, ...changes });
  if (!result.success) {
    const issue = result.error.issues[0];
    throw badRequest(`Invalid value for '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'not valid'}.`);
  }
  if (JSON.stringify(result.data).length > MAX_BYTES) throw badRequest('The policy exceeds the size limit of 20 KB.');
  return result.data;
};

const checkFido2 = (tenant: Tenant, policy: Fido2Policy): void => {
  const ids = new Set(policy.passkeyProfiles.map((profile) => profile.id));
  if (ids.size !== policy.passkeyProfiles.length) throw badRequest('Passkey profile ids must be unique.');
  const wanted = [...policy.includeTargets.flatMap((target) => target.allowedPasskeyProfiles)];
  if (policy.defaultPasskeyProfile !== null) wanted.push(policy.defaultPasskeyProfile);
  if (wanted.some((id) => !ids.has(id))) throw badRequest('A target names a passkey profile that does not exist.');
  const had = written(tenant.state.policies.fido2).passkeyProfiles.length > 0;
  if (had && ids.size === 0) throw badRequest('Passkey profiles cannot be opted out of.');
};

const checkPass = (policy: PassPolicy): void => {
  const { minimumLifetimeInMinutes: minimum, maximumLifetimeInMinutes: maximum, defaultLifetimeInMinutes } = policy;
  if (minimum > maximum || defaultLifetimeInMinutes < minimum || defaultLifetimeInMinutes > maximum) {
    throw badRequest('The default lifetime must be between the minimum and the maximum lifetime.');
  }
};

/** The authentication methods policy: the whole, and the two methods that the product is about. */
export const methodPolicyRoutes = (tenant: Tenant): Route[] => {
  const common = { versions: BOTH, area: 'policy', options: [] } as const;
  const note = (policy: string): void =>
    writeAudit(tenant.state, tenant.clock.now(), {
      activityDisplayName: 'Authentication Methods Policy Update',
      category: 'Policy',
      operationType: 'Update',
      target: { policy },
    });

  const configuration = (
    name: 'fido2' | 'temporaryAccessPass',
    draw: (tenant: Tenant) => object,
    patch: (body: unknown) => void,
    reset: () => void,
  ): Route[] => {
    const path = `${ROOT}/authenticationMethodConfigurations/${name}`;
    const change = (work: () => void): void =>
      tenant.store.change(`policy-${name}`, undefined, () => {
        work();
        note(name);
      });
    return [
      {
        ...common,
        method: 'GET',
        path,
        needs: [READ],
        effect: false,
        handle: (call) => entity(call, 'authenticationMethodConfigurations/$entity', draw(tenant)),
      },
      {
        ...common,
        method: 'PATCH',
        path,
        needs: [WRITE],
        effect: true,
        handle: (call) => {
          change(() => patch(call.body));
          return { status: 204 };
        },
      },
      {
        ...common,
        method: 'DELETE',
        path,
        needs: [WRITE],
        effect: true,
        handle: () => {
          change(reset);
          return { status: 204 };
        },
      },
    ];
  };

  return [
    {
      ...common,
      method: 'GET',
      path: ROOT,
      needs: [['Policy.Read.All', ...READ]],
      effect: false,
      handle: (call) => ({
        status: 200,
        body: {
          '@odata.context': contextOf(call, 'authenticationMethodsPolicy'),
          id: 'authenticationMethodsPolicy',
          displayName: 'Authentication Methods Policy',
          description: 'The tenant-wide policy that controls which authentication methods are allowed.',
          lastModifiedDateTime: isoTime(tenant.state.policies.fido2.at(-1)?.since ?? 0),
          policyVersion: '1.4',
          authenticationMethodConfigurations: [drawFido2(tenant), drawPassPolicy(tenant)],
        },
      }),
    },
    ...configuration(
      'fido2',
      drawFido2,
      (body) => {
        const before = written(tenant.state.policies.fido2);
        const after = merge<Fido2Policy, typeof fido2PolicySchema.shape>(
          before,
          body,
          'fido2AuthenticationMethodConfiguration',
          fido2PolicySchema,
        );
        checkFido2(tenant, after);
        writePolicy(tenant, 'fido2', after);
      },
      () => writePolicy(tenant, 'fido2', fido2Factory()),
    ),
    ...configuration(
      'temporaryAccessPass',
      drawPassPolicy,
      (body) => {
        const before = written(tenant.state.policies.temporaryAccessPass);
        const after = merge<PassPolicy, typeof passPolicySchema.shape>(
          before,
          body,
          'temporaryAccessPassAuthenticationMethodConfiguration',
          passPolicySchema,
        );
        checkPass(after);
        writePolicy(tenant, 'temporaryAccessPass', after);
      },
      () => writePolicy(tenant, 'temporaryAccessPass', passFactory()),
    ),
  ];
};
