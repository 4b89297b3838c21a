import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isoTime } from '../clock';
import { guid } from '../directory-schema';
import { requestBadRequest, resourceNotFound } from '../graph-error';
import { filterRows } from '../odata/filter';
import { DIRECTORY_PAGES } from '../odata/page';
import type { Strength } from '../policy-schema';
import { BOTH, type Call, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection, contextOf, entity } from './collection';

const WRITE = ['Policy.ReadWrite.ConditionalAccess', 'Policy.ReadWrite.AuthenticationMethod'];
const READ = ['Policy.Read.AuthenticationMethod', 'Policy.Read.All', ...WRITE];
const ROOT = '/policies/authenticationStrengthPolicies';

const MODES =
  'password|voice|hardwareOath|softwareOath|sms|fido2|windowsHelloForBusiness|microsoftAuthenticatorPush|deviceBasedPush|temporaryAccessPassOneTime|temporaryAccessPassMultiUse|email|x509CertificateSingleFactor|x509CertificateMultiFactor|federatedSingleFactor|federatedMultiFactor|qrCodePin';
const combination = z.string().regex(new RegExp(`^(${MODES})(, ?(${MODES}))*$`));
const combinations = z.array(combination).min(1);
const odataType = z.string().optional();
const name = z.string().min(1).max(30);

const createSchema = z
  .object({
    '@odata.type': odataType,
    displayName: name,
    description: z.string().nullish(),
    allowedCombinations: combinations,
  })
  .strict();
const patchSchema = z
  .object({ '@odata.type': odataType, displayName: name.optional(), description: z.string().nullish() })
  .strict();
const limitSchema = z
  .object({
    '@odata.type': z.literal('#microsoft.graph.fido2CombinationConfiguration'),
    allowedAAGUIDs: z.array(guid).min(1),
    appliesToCombinations: z.array(z.literal('fido2')).min(1),
  })
  .strict();

const parse = <T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw requestBadRequest(`Invalid value for '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'not valid'}.`);
};

const drawLimit = (limit: Strength['combinationConfigurations'][number]): object => ({
  '@odata.type': '#microsoft.graph.fido2CombinationConfiguration',
  ...limit,
});
const draw = (strength: Strength): object => ({
  ...strength,
  combinationConfigurations: strength.combinationConfigurations.map(drawLimit),
});

/** Authentication strengths: built-in ones are read only. */
export const strengthRoutes = (tenant: Tenant): Route[] => {
  const { policies } = tenant.state;
  const find = (call: Call): Strength => {
    const strength = policies.strengths.find((one) => one.id === (call.params.id ?? '').toLowerCase());
    if (!strength) throw resourceNotFound(call.params.id ?? '');
    return strength;
  };
  const findCustom = (call: Call): Strength => {
    const strength = find(call);
    if (strength.policyType === 'builtIn')
      throw requestBadRequest('Built-in authentication strengths cannot be changed.');
    return strength;
  };
  const touch = (strength: Strength): void => {
    strength.modifiedDateTime = isoTime(tenant.clock.now());
  };
  const usedBy = (strength: Strength): string[] =>
    policies.conditionalAccess
      .filter((policy) => JSON.stringify(policy['grantControls'] ?? null).includes(strength.id))
      .map((policy) => policy.id);
  const common = { versions: BOTH, area: 'policy', options: [] } as const;

  const limitRoute = (path: string): Route => ({
    ...common,
    method: 'POST',
    path,
    needs: [WRITE],
    effect: true,
    handle: (call) => {
      const strength = findCustom(call);
      const { '@odata.type': _type, ...limit } = parse(limitSchema, call.body);
      if (!strength.allowedCombinations.includes('fido2')) {
        throw requestBadRequest('The authentication strength does not allow the combination fido2.');
      }
      const made = { id: randomUUID(), ...limit };
      tenant.store.change('strength', undefined, () => {
        strength.combinationConfigurations.push(made);
        touch(strength);
      });
      return entity(call, `${ROOT.slice(1)}('${strength.id}')/combinationConfigurations/$entity`, drawLimit(made), 201);
    },
  });

  return [
    {
      ...common,
      method: 'GET',
      path: ROOT,
      needs: [READ],
      options: ['filter'],
      effect: false,
      handle: (call) => {
        const filters = { policyType: { type: 'string', plain: ['eq'] } } as const;
        const found = filterRows(policies.strengths, call.query, filters, 'authenticationStrengthPolicy');
        return collection(tenant, call, found, DIRECTORY_PAGES, ROOT.slice(1), draw);
      },
    },
    {
      ...common,
      method: 'POST',
      path: ROOT,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const body = parse(createSchema, call.body);
        const now = isoTime(tenant.clock.now());
        const strength: Strength = {
          id: randomUUID(),
          displayName: body.displayName,
          description: body.description ?? null,
          policyType: 'custom',
          requirementsSatisfied: 'mfa',
          allowedCombinations: body.allowedCombinations,
          createdDateTime: now,
          modifiedDateTime: now,
          combinationConfigurations: [],
        };
        tenant.store.change('strength', undefined, () => policies.strengths.push(strength));
        return entity(call, `${ROOT.slice(1)}/$entity`, draw(strength), 201);
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
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const strength = findCustom(call);
        const changes = parse(patchSchema, call.body);
        tenant.store.change('strength', undefined, () => {
          strength.displayName = changes.displayName ?? strength.displayName;
          if (changes.description !== undefined) strength.description = changes.description;
          touch(strength);
        });
        return { status: 204 };
      },
    },
    {
      ...common,
      method: 'DELETE',
      path: `${ROOT}/{id}`,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const strength = findCustom(call);
        if (usedBy(strength).length > 0) throw requestBadRequest('A Conditional Access policy uses this strength.');
        tenant.store.change('strength', undefined, () => {
          policies.strengths = policies.strengths.filter((one) => one !== strength);
        });
        return { status: 204 };
      },
    },
    {
      ...common,
      method: 'POST',
      path: `${ROOT}/{id}/updateAllowedCombinations`,
      needs: [WRITE],
      effect: true,
      handle: (call) => {
        const strength = findCustom(call);
        const { allowedCombinations } = parse(z.object({ allowedCombinations: combinations }).strict(), call.body);
        const previousCombinations = strength.allowedCombinations;
        tenant.store.change('strength', undefined, () => {
          strength.allowedCombinations = allowedCombinations;
          touch(strength);
        });
        return {
          status: 200,
          body: {
            '@odata.context': contextOf(call, 'microsoft.graph.updateAllowedCombinationsResult'),
            previousCombinations,
            currentCombinations: allowedCombinations,
            conditionalAccessReferences: usedBy(strength),
            additionalInformation: '',
          },
        };
      },
    },
    {
      ...common,
      method: 'GET',
      path: `${ROOT}/{id}/combinationConfigurations`,
      needs: [READ],
      effect: false,
      handle: (call) => {
        const strength = find(call);
        const fragment = `${ROOT.slice(1)}('${strength.id}')/combinationConfigurations`;
        return collection(tenant, call, strength.combinationConfigurations, DIRECTORY_PAGES, fragment, drawLimit);
      },
    },
    limitRoute(`${ROOT}/{id}/combinationConfigurations`),
    limitRoute('/identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations'),
  ];
};
