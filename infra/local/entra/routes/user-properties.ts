import type { Person } from '../directory-schema';
import type { FilterTable } from '../odata/filter';

/** What a user has without `$select` (docs "user resource type"). */
export const USER_DEFAULTS = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const;

export const USER_PROPERTIES = [
  ...USER_DEFAULTS,
  'accountEnabled',
  'companyName',
  'createdDateTime',
  'creationType',
  'deletedDateTime',
  'department',
  'employeeHireDate',
  'employeeId',
  'employeeType',
  'externalUserState',
  'mailNickname',
  'onPremisesSyncEnabled',
  'otherMails',
  'proxyAddresses',
  'signInSessionsValidFromDateTime',
  'usageLocation',
  'userType',
] as const;

/** The stored person as the properties of a Graph user. */
export const userRow = (person: Person): Record<string, unknown> => {
  const { managerId: _managerId, ...properties } = person;
  return { ...properties, deletedDateTime: null };
};

const ordered = ['eq', 'ge', 'le', 'in', 'startswith'] as const;
const name = { type: 'string', plain: ordered, advanced: ['ne', 'endswith'] } as const;
const word = { type: 'string', plain: ['eq', 'in'], advanced: ['ne', 'startswith'] } as const;
const yesNo = { type: 'boolean', plain: ['eq', 'in'], advanced: ['ne'] } as const;

/** What `$filter` may ask of a user, by default and with the advanced index (docs "Advanced query capabilities"). */
export const USER_FILTERS: FilterTable = {
  id: { type: 'string', plain: ['eq', 'in'], advanced: ['ne'] },
  displayName: { type: 'string', plain: ordered, advanced: ['ne'] },
  givenName: name,
  surname: name,
  mail: name,
  mailNickname: { type: 'string', plain: ordered, advanced: ['ne'] },
  userPrincipalName: name,
  employeeId: { type: 'string', plain: ordered, advanced: ['ne'] },
  jobTitle: { type: 'string', plain: ordered, advanced: ['ne'] },
  department: { type: 'string', plain: ordered, advanced: ['ne'] },
  companyName: { type: 'string', plain: [], advanced: ['eq', 'ne', 'in', 'startswith'] },
  employeeType: { type: 'string', plain: [], advanced: ['eq', 'ne', 'in', 'startswith'] },
  officeLocation: { type: 'string', plain: [], advanced: ['eq', 'ne', 'in', 'startswith'] },
  mobilePhone: { type: 'string', plain: [], advanced: ['eq', 'ne', 'in', 'startswith'] },
  usageLocation: word,
  userType: { type: 'string', plain: ['eq', 'in'], advanced: ['ne'] },
  creationType: word,
  externalUserState: word,
  accountEnabled: yesNo,
  onPremisesSyncEnabled: yesNo,
  createdDateTime: { type: 'date', plain: ['eq', 'ge', 'le'], advanced: ['ne'] },
  proxyAddresses: { type: 'strings', plain: ['eq', 'startswith'] },
  otherMails: { type: 'strings', plain: ['eq', 'startswith'], advanced: ['endswith'] },
  businessPhones: { type: 'strings', plain: ['eq', 'startswith'] },
};
