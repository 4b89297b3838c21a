import type { Route } from '../route';
import type { Tenant } from '../tenant';
import { batchRoutes } from './batch';
import { conditionalAccessRoutes } from './conditional-access';
import { logRoutes } from './logs';
import { mailRoutes } from './mail';
import { managerRoutes } from './managers';
import { membershipRoutes } from './memberships';
import { methodPolicyRoutes } from './method-policies';
import { methodRoutes } from './methods';
import { passRoutes } from './passes';
import { passkeyRoutes } from './passkeys';
import { privilegeRoutes } from './privileges';
import { registrationRoutes } from './registration-details';
import { riskRoutes } from './risk';
import { strengthRoutes } from './strengths';
import { userRoutes } from './users';

/** Every Graph operation of the stand-in. */
export const allRoutes = (tenant: Tenant): Route[] => [
  ...userRoutes(tenant),
  ...managerRoutes(tenant),
  ...membershipRoutes(tenant),
  ...privilegeRoutes(tenant),
  ...methodRoutes(tenant),
  ...passRoutes(tenant),
  ...passkeyRoutes(tenant),
  ...methodPolicyRoutes(tenant),
  ...strengthRoutes(tenant),
  ...conditionalAccessRoutes(tenant),
  ...logRoutes(tenant),
  ...registrationRoutes(tenant),
  ...riskRoutes(tenant),
  ...mailRoutes(tenant),
  ...batchRoutes(),
];
