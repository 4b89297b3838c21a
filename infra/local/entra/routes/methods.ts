import { isoTime } from '../clock';
import { requirePerson } from '../directory';
import type { Person } from '../directory-schema';
import type { OtherMethod } from '../methods-schema';
import { BOTH, type Route } from '../route';
import type { Tenant } from '../tenant';
import { contextOf } from './collection';
import { drawPasskey, passkeysOf } from './passkeys';
import { drawPass, passesOf } from './passes';

/** The same for everybody: a password is always there and always has this id. */
const PASSWORD_ID = '28c10230-6103-485e-b985-444c60001490';

const drawOther = (method: OtherMethod): object => {
  const common = {
    '@odata.type': `#microsoft.graph.${method.kind}AuthenticationMethod`,
    id: method.id,
    createdDateTime: isoTime(method.createdAt),
  };
  switch (method.kind) {
    case 'microsoftAuthenticator':
      return {
        ...common,
        displayName: method.detail,
        deviceTag: 'SoftwareTokenActivated',
        phoneAppVersion: '6.2501.1',
      };
    case 'windowsHelloForBusiness':
      return { ...common, displayName: method.detail, keyStrength: 'normal' };
    case 'phone':
      return { ...common, phoneNumber: method.detail, phoneType: 'mobile', smsSignInState: 'notSupported' };
    case 'email':
      return { ...common, emailAddress: method.detail };
    case 'softwareOath':
      return { ...common, secretKey: null };
  }
};

const all = (tenant: Tenant, person: Person): object[] => [
  {
    '@odata.type': '#microsoft.graph.passwordAuthenticationMethod',
    id: PASSWORD_ID,
    password: null,
    createdDateTime: person.createdDateTime,
  },
  ...passkeysOf(tenant, person).map((one) => ({
    '@odata.type': '#microsoft.graph.fido2AuthenticationMethod',
    ...drawPasskey(tenant, one),
  })),
  ...passesOf(tenant, person).map((one) => ({
    '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
    ...drawPass(tenant, person, one, null),
  })),
  ...tenant.state.methods.otherMethods.filter((one) => one.userId === person.id).map(drawOther),
];

/** Every method that a user has, of all kinds. */
export const methodRoutes = (tenant: Tenant): Route[] => [
  {
    method: 'GET',
    versions: BOTH,
    path: '/users/{id}/authentication/methods',
    area: 'authentication',
    needs: [['UserAuthenticationMethod.Read.All', 'UserAuthenticationMethod.ReadWrite.All']],
    options: [],
    effect: false,
    handle: (call) => {
      const person = requirePerson(tenant.state.directory, call.params.id ?? '');
      const context = contextOf(call, `users('${person.id}')/authentication/methods`);
      return { status: 200, body: { '@odata.context': context, value: all(tenant, person) } };
    },
  },
];
