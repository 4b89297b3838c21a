import { Fault } from '../../agent/protocol/fault';

/**
 * Every Microsoft Graph path that Keyvouch calls, with its query: the whole surface in one file, so that rights
 * (permissions.ts), the sandbox and a reviewer see the same list.
 *
 * Ids are path segments and are encoded (method ids may hold `=`, `+`, `/`); values inside `$filter` have `'` doubled and
 * are encoded, because the client library does neither.
 */
function segment(text: string): string {
  // Dots alone would climb in the path (also written as %2E), nothing at all would name the whole collection.
  if (/^\.{0,2}$/.test(text)) {
    throw new Fault({
      code: 'graph-odd-id',
      say: 'This is no id that Microsoft Entra could know.',
      todo: 'Check what was typed or set, then try again.',
    });
  }
  return encodeURIComponent(text);
}

/** A string literal in an OData `$filter`, ready for the URL: `O'Neil & Co` -> `'O''Neil%20%26%20Co'`. */
export const literal = (text: string): string => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;

/** The properties of a user that are read, always by `$select`: some are not in Graph's default set. */
export const PERSON_SELECT = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'employeeId',
  'accountEnabled',
  'userType',
  'externalUserState',
  'creationType',
  'otherMails',
  'proxyAddresses',
  'businessPhones',
  'mobilePhone',
  'preferredLanguage',
  'department',
  'jobTitle',
  'createdDateTime',
  'employeeHireDate',
  'signInSessionsValidFromDateTime',
].join(',');

const BELONGING_SELECT = 'id,displayName,isAssignableToRole,isMemberManagementRestricted';
const user = (id: string): string => `/v1.0/users/${segment(id)}`;
const authentication = (id: string): string => `${user(id)}/authentication`;
const configuration = (name: string): string =>
  `/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/${name}`;
const ofPrincipal = (path: string, id: string): string => `${path}?$filter=principalId%20eq%20${literal(id)}`;

export const paths = {
  /** GET. `id` may be an object id or a user principal name. */
  user: (id: string) => `${user(id)}?$select=${PERSON_SELECT}`,
  /** GET, collection. */
  searchUsers: (text: string, limit: number) => {
    const starts = ['displayName', 'mail', 'userPrincipalName'].map((name) => `startswith(${name},${literal(text)})`);
    return `/v1.0/users?$filter=${starts.join('%20or%20')}&$select=${PERSON_SELECT}&$top=${limit}`;
  },
  /** GET. 404 when there is none. */
  manager: (id: string) => `${user(id)}/manager?$select=${PERSON_SELECT}`,
  /** GET, paged; users, groups and devices mixed, told apart by `@odata.type`. No cast: a cast needs the lagging index. */
  transitiveMembers: (groupId: string) =>
    `/v1.0/groups/${segment(groupId)}/transitiveMembers?$select=${PERSON_SELECT}&$top=999`,
  /** POST `{ groupIds }`, 20 at most; a read. */
  checkMemberGroups: (id: string) => `${user(id)}/checkMemberGroups`,

  /** GET list, POST create. */
  passes: (id: string) => `${authentication(id)}/temporaryAccessPassMethods`,
  /** DELETE. */
  pass: (id: string, methodId: string) => `${authentication(id)}/temporaryAccessPassMethods/${segment(methodId)}`,

  /** GET. v1.0: valid for 5 minutes, no parameter. */
  creationOptions: (id: string) => `${authentication(id)}/fido2Methods/creationOptions`,
  /** GET list, POST create. */
  passkeys: (id: string) => `${authentication(id)}/fido2Methods`,
  /** DELETE. */
  passkey: (id: string, methodId: string) => `${authentication(id)}/fido2Methods/${segment(methodId)}`,
  /** GET, collection of all kinds. */
  methods: (id: string) => `${authentication(id)}/methods`,

  /** GET. */
  fido2Policy: () => configuration('fido2'),
  /** GET. */
  temporaryAccessPassPolicy: () => configuration('temporaryAccessPass'),

  /** PATCH `{ accountEnabled }`. */
  account: (id: string) => user(id),
  /** POST `{ message, saveToSentItems }`, from this mailbox. */
  sendMail: (mailbox: string) => `${user(mailbox)}/sendMail`,

  /** POST without body. */
  revokeSessions: (id: string) => `${user(id)}/revokeSignInSessions`,

  /** GET, paged: groups, directory roles and administrative units, mixed, told apart by `@odata.type`. */
  transitiveMemberOf: (id: string) => `${user(id)}/transitiveMemberOf?$select=${BELONGING_SELECT}&$top=999`,
  /** GET, paged: what the user owns (groups, applications, devices), mixed. */
  ownedObjects: (id: string) => `${user(id)}/ownedObjects?$select=id,displayName,isAssignableToRole&$top=999`,
  /** GET: one group, to learn whether it may hold roles. */
  group: (id: string) => `/v1.0/groups/${segment(id)}?$select=id,displayName,isAssignableToRole`,
  /** GET, paged: the groups that a group is in. */
  groupTransitiveMemberOf: (id: string) =>
    `/v1.0/groups/${segment(id)}/transitiveMemberOf?$select=${BELONGING_SELECT}&$top=999`,
  /** GET by principal, a user's or a group's id: roles held now. */
  roleAssignments: (id: string) => ofPrincipal('/v1.0/roleManagement/directory/roleAssignments', id),
  /** GET by principal: roles held now, with those switched on for a while through PIM. */
  roleAssignmentScheduleInstances: (id: string) =>
    ofPrincipal('/v1.0/roleManagement/directory/roleAssignmentScheduleInstances', id),
  /** GET by principal: roles that may be switched on through PIM. */
  roleEligibilityScheduleInstances: (id: string) =>
    ofPrincipal('/v1.0/roleManagement/directory/roleEligibilityScheduleInstances', id),
  /** GET by principal: groups that may be joined or owned through PIM for Groups (`groupId`, `accessId`). */
  groupEligibilityScheduleInstances: (id: string) =>
    ofPrincipal('/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances', id),
  /** POST `{ requests }`, 20 at most, all GET: urls inside are relative and without version (`/roleManagement/…`). */
  batch: () => '/v1.0/$batch',

  /** GET, paged, newest first. Beta: only there a sign-in tells the method used (`authenticationDetails`). */
  signIns: (id: string, since: Date) =>
    `/beta/auditLogs/signIns?$filter=userId%20eq%20${literal(id)}%20and%20createdDateTime%20ge%20${since.toISOString()}&$top=50`,
  /** GET, newest first: what happened to one user, as the directory's log has it. */
  directoryAudits: (id: string, since: Date, top: number) =>
    `/v1.0/auditLogs/directoryAudits?$filter=activityDateTime%20ge%20${since.toISOString()}%20and%20targetResources/any(t:t/id%20eq%20${literal(id)})&$top=${top}`,
} as const;
