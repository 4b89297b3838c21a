import { isoTime } from '../clock';
import { findPerson, requirePerson, transitiveMemberOf } from '../directory';
import type { Person } from '../directory-schema';
import { filterRows } from '../odata/filter';
import { isListed } from '../methods-visible';
import { BOTH, type Route } from '../route';
import type { Tenant } from '../tenant';
import { collection, entity } from './collection';

const PATH = '/reports/authenticationMethods/userRegistrationDetails';

const draw = (tenant: Tenant, person: Person) => {
  const { methods, directory } = tenant.state;
  const mine = (row: { userId: string; createdAt: number }): boolean => row.userId === person.id;
  const passkeys = methods.passkeys.filter((one) => mine(one) && isListed(tenant, one));
  const passes = methods.passes.filter((one) => mine(one) && isListed(tenant, one));
  const others = methods.otherMethods.filter(mine).map((one) => one.kind);
  const methodsRegistered = [
    ...(passkeys.length > 0 ? ['passKeyDeviceBound'] : []),
    ...(passes.length > 0 ? ['temporaryAccessPass'] : []),
    ...(others.includes('windowsHelloForBusiness') ? ['windowsHelloForBusiness'] : []),
    ...(others.includes('microsoftAuthenticator') ? ['microsoftAuthenticatorPush'] : []),
    ...(others.includes('phone') ? ['mobilePhone'] : []),
    ...(others.includes('email') ? ['email'] : []),
    ...(others.includes('softwareOath') ? ['softwareOneTimePasscode'] : []),
  ];
  const strong = passkeys.length > 0 || others.includes('windowsHelloForBusiness');
  return {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    userDisplayName: person.displayName,
    userType: person.userType.toLowerCase(),
    isAdmin: transitiveMemberOf(directory, person.id).some((one) => one.kind === 'directoryRole'),
    isSsprRegistered: false,
    isSsprEnabled: false,
    isSsprCapable: false,
    isMfaRegistered: methodsRegistered.length > 0,
    isMfaCapable: methodsRegistered.length > 0,
    isPasswordlessCapable: strong,
    methodsRegistered,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: 'none',
    lastUpdatedDateTime: isoTime(tenant.clock.now()),
  };
};

/** Which methods users have registered: the report that an inventory of keys starts from. */
export const registrationRoutes = (tenant: Tenant): Route[] => {
  const common = {
    method: 'GET',
    versions: BOTH,
    area: 'reports',
    needs: [['AuditLog.Read.All']],
    effect: false,
  } as const;
  return [
    {
      ...common,
      path: PATH,
      options: ['filter', 'top', 'skiptoken'],
      handle: (call) => {
        const rows = tenant.state.directory.people.map((person) => draw(tenant, person));
        const found = filterRows(
          rows,
          call.query,
          {
            id: { type: 'string', plain: ['eq'] },
            userPrincipalName: { type: 'string', plain: ['eq', 'startswith'] },
            isAdmin: { type: 'boolean', plain: ['eq'] },
            isPasswordlessCapable: { type: 'boolean', plain: ['eq'] },
            isMfaRegistered: { type: 'boolean', plain: ['eq'] },
            methodsRegistered: { type: 'strings', plain: ['eq'] },
          },
          'userRegistrationDetails',
        );
        return collection(tenant, call, found, { default: 1000, max: 1000 }, PATH.slice(1), (row) => row);
      },
    },
    {
      ...common,
      path: `${PATH}/{id}`,
      options: [],
      handle: (call) => {
        const id = call.params.id ?? '';
        const person = findPerson(tenant.state.directory, id) ?? requirePerson(tenant.state.directory, id);
        return entity(call, `${PATH.slice(1)}/$entity`, draw(tenant, person));
      },
    },
  ];
};
