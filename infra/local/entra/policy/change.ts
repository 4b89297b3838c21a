import { fido2PolicySchema, passPolicySchema, type Fido2Policy, type PassPolicy } from '../policy-schema';
import type { Tenant } from '../tenant';
import { writePolicy, written } from './effective';

/** Top-level properties of the two method policies, as a PATCH would give them. */
export interface PolicyChanges {
  fido2?: Partial<Fido2Policy>;
  temporaryAccessPass?: Partial<PassPolicy>;
}

/** Changes policies as another administrator would. Throws a ZodError on a value that Graph would refuse. */
export const changePolicy = (tenant: Tenant, changes: PolicyChanges): void => {
  const { policies } = tenant.state;
  const fido2 = fido2PolicySchema.parse({ ...written(policies.fido2), ...changes.fido2 });
  const temporaryAccessPass = passPolicySchema.parse({
    ...written(policies.temporaryAccessPass),
    ...changes.temporaryAccessPass,
  });
  tenant.store.change('policy', undefined, () => {
    if (changes.fido2) writePolicy(tenant, 'fido2', fido2);
    if (changes.temporaryAccessPass) writePolicy(tenant, 'temporaryAccessPass', temporaryAccessPass);
  });
};
