import { type paths } from './paths';

/** An application permission of Microsoft Graph that Keyvouch needs, and for what. */
export interface Permission {
  /** As Entra names it. */
  name: string;
  /** One sentence for the administrator who consents. */
  why: string;
  /** The calls (keys of paths.ts) that need it. */
  calls: readonly (keyof typeof paths)[];
  /** The setting without which nothing calls it: it is not granted unless that is set. */
  only?: string;
  /** Granted in Exchange Online for one mailbox; in Graph it would hold for every mailbox. */
  grantedIn?: 'exchange';
  /** What does not work without it; absent where nothing works without it. */
  without?: string;
}

/**
 * All application permissions, the least that Microsoft documents for each call. Deployment grants exactly those without
 * `only`, the documentation lists them. There is no write to groups, roles, policies or anybody's mail in it; the one
 * property of a user that it may write is whether the account may sign in, and only where the tenant wants that.
 *
 * UserAuthMethod-*.ReadWrite.All is strong: Entra does not limit an application by the rights of the person it acts on, so
 * Keyvouch's own guard (privileged.ts) is the limit.
 */
export const PERMISSIONS: readonly Permission[] = [
  {
    name: 'User.Read.All',
    why: 'To know people, their managers, and what they own.',
    calls: ['user', 'searchUsers', 'manager', 'checkMemberGroups', 'ownedObjects', 'transitiveMemberOf'],
  },
  {
    name: 'GroupMember.Read.All',
    why: 'To know who may approve, whom a policy is for, and which groups a person is in.',
    calls: ['transitiveMembers', 'checkMemberGroups', 'transitiveMemberOf', 'group', 'groupTransitiveMemberOf'],
  },
  {
    name: 'AdministrativeUnit.Read.All',
    why: 'To see whether a person is protected by a restricted management administrative unit.',
    calls: ['transitiveMemberOf'],
    without: 'Members of restricted management administrative units are not recognised as privileged.',
  },
  {
    name: 'RoleManagement.Read.Directory',
    why: 'To refuse people who hold, or may switch on, a role.',
    calls: ['roleAssignments', 'roleAssignmentScheduleInstances', 'roleEligibilityScheduleInstances', 'batch'],
  },
  {
    name: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    why: 'To refuse people who may join, through PIM for Groups, a group that holds roles.',
    calls: ['groupEligibilityScheduleInstances', 'batch'],
    without: 'Needed only where the tenant has Entra ID P2; without P2 switch PIM off in the settings.',
  },
  {
    name: 'UserAuthenticationMethod.Read.All',
    why: 'To see in which ways a person can sign in.',
    calls: ['methods'],
  },
  {
    name: 'UserAuthMethod-TAP.ReadWrite.All',
    why: 'To make and end Temporary Access Passes.',
    calls: ['passes', 'pass'],
  },
  {
    name: 'UserAuthMethod-Passkey.ReadWrite.All',
    why: 'To register and remove passkeys.',
    calls: ['creationOptions', 'passkeys', 'passkey'],
  },
  {
    name: 'UserAuthMethod-Passkey.Read.All',
    why: 'To list passkeys: Microsoft names this permission alone for the list.',
    calls: ['passkeys'],
  },
  {
    name: 'Policy.Read.AuthenticationMethod',
    why: 'To say before anything starts what the tenant allows.',
    calls: ['fido2Policy', 'temporaryAccessPassPolicy'],
  },
  {
    name: 'User.RevokeSessions.All',
    why: 'To end the sessions of an account whose key is lost.',
    calls: ['revokeSessions'],
  },
  {
    name: 'AuditLog.Read.All',
    why: 'To see the first sign-in with a new key, and whether somebody became a manager only lately.',
    calls: ['signIns', 'directoryAudits'],
    without:
      'The first sign-in is asked about instead of seen (the log also needs Entra ID P1), and approvers read that it was not checked how long the manager has been one.',
  },
  {
    name: 'Mail.Send',
    why: 'To tell, from one mailbox, a second person of a request, so that a thief cannot hide it.',
    calls: ['sendMail'],
    only: 'KEYVOUCH_MAILBOX',
    grantedIn: 'exchange',
    without: 'Nobody is told by mail.',
  },
  {
    name: 'User.EnableDisableAccount.All',
    why: 'To block signing in to an account for which somebody said that a request was not theirs.',
    calls: ['account'],
    only: 'KEYVOUCH_FREEZE_BLOCKS_SIGN_IN',
    without: 'After "this was not me" the account itself stays open; passes, keys and sessions still go.',
  },
];
