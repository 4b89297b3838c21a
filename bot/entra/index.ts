export { type Accounts } from './accounts';
export { createEntra, type Entra, type EntraOptions } from './entra';
export { type GraphLogEntry } from './client/graph';
export { noting } from './client/noting';
export { type CreationOptions } from './creation-options';
export {
  fido2AppliesTo,
  modelAllowed,
  rulesFor,
  type Fido2Policy,
  type KeyRestrictions,
  type ModelVerdict,
  type PasskeyProfile,
} from './fido2-policy';
export { type Letter, type Mail } from './mail';
export { type ManagerChange, type ManagerChanges } from './manager-changes';
export { type Method, type MethodKind, type Methods } from './methods';
export { lifetimeFor, onceFor, passAppliesTo, type Lifetime, type PassPolicy } from './pass-policy';
export { type NewPass, type PassRequest, type PassState, type Passes } from './passes';
export { hasCredential, passkeyWith, type Passkey, type PasskeyRegistration, type Passkeys } from './passkeys';
export { type People } from './people';
export { PERMISSIONS, type Permission } from './permissions';
export { type Person } from './person';
export { type Policies } from './policies';
export { targetGroups, type Applies } from './policy-target';
export { type Privilege, type Privileged } from './privileged';
export {
  readiness,
  READINESS_CODES,
  type ReadinessCheck,
  type ReadinessCode,
  type ReadinessFacts,
  type ReadinessFlow,
  type ReadinessLine,
} from './readiness';
export { type Sessions } from './sessions';
export { type SignIn, type SignIns, type SignInStep } from './sign-ins';
