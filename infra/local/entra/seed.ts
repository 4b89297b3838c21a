import { roles } from './roles';
import type { Seed } from './directory-schema';

export const TENANT_ID = '5d1e0c4a-6f0b-4b57-9c57-0a6f3a1f9e10';
export const CLIENT_ID = '0b8f2a36-3f0d-4c8e-8e57-7f3c5d2a9b41';
export const DOMAIN = 'northwind-harbour.example';

const personId = (n: number): string => `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const groupId = (n: number): string => `b0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Who works at Northwind Harbour. Ids never change, so that tests and the sandbox may name them. */
export const people = {
  /** New here: no passkey yet. Speaks German. */
  ada: { id: personId(1), upn: `ada.lindqvist@${DOMAIN}` },
  /** Ada's manager. */
  mara: { id: personId(2), upn: `mara.osei@${DOMAIN}` },
  /** Mara's manager. */
  viktor: { id: personId(3), upn: `viktor.hale@${DOMAIN}` },
  /** Mara's second account, with the same employee id. */
  maraAdmin: { id: personId(4), upn: `adm-mara.osei@${DOMAIN}` },
  /** Helpdesk. */
  jonas: { id: personId(5), upn: `jonas.petit@${DOMAIN}` },
  /** Helpdesk. */
  suki: { id: personId(6), upn: `suki.tanaka@${DOMAIN}` },
  /** Sits at the front desk and hands passes over. */
  petra: { id: personId(7), upn: `petra.novak@${DOMAIN}` },
  /** Has left: the account is disabled. */
  oskar: { id: personId(8), upn: `oskar.gone@${DOMAIN}` },
  /** A guest from another company. */
  gael: { id: personId(9), upn: `gael.roy_tallship.example#EXT#@${DOMAIN}` },
  /** Global Administrator, assigned directly. */
  irene: { id: personId(10), upn: `irene.adler@${DOMAIN}` },
  /** May switch User Administrator on through PIM. */
  pim: { id: personId(11), upn: `pim.eligible@${DOMAIN}` },
  /** Holds Helpdesk Administrator through a role-assignable group. */
  rolf: { id: personId(12), upn: `rolf.berg@${DOMAIN}` },
  /** May join the role-assignable group through PIM for Groups. */
  greta: { id: personId(13), upn: `greta.lund@${DOMAIN}` },
  /** Emergency account. */
  breakGlass: { id: personId(14), upn: `emergency-1@${DOMAIN}` },
  /** Nobody is set as his manager. */
  nils: { id: personId(15), upn: `nils.frei@${DOMAIN}` },
  /** Works with Ada, has a name that needs escaping. */
  sean: { id: personId(16), upn: `sean.oneil@${DOMAIN}` },
  /** Backup approver. */
  bea: { id: personId(17), upn: `bea.wolf@${DOMAIN}` },
  /** Backup approver. */
  carl: { id: personId(18), upn: `carl.moss@${DOMAIN}` },
  /** Owns the role-assignable group, is not a member. */
  otto: { id: personId(19), upn: `otto.kern@${DOMAIN}` },
} as const;

/** A shared mailbox, as Exchange makes them: an account that cannot sign in. */
export const mailbox = { id: personId(20), upn: `keyvouch@${DOMAIN}` } as const;

export const groups = {
  helpdesk: groupId(1),
  keyUsers: groupId(2),
  backupApprovers: groupId(3),
  /** Role-assignable; holds Helpdesk Administrator. */
  supportAdmins: groupId(4),
  everyone: groupId(5),
  /** Nested in `keyUsers`. */
  newcomers: groupId(6),
  emergencyCustodians: groupId(7),
} as const;

const person = (
  who: { id: string; upn: string },
  displayName: string,
  more: Partial<NonNullable<Seed['people']>[number]>,
): NonNullable<Seed['people']>[number] => ({
  id: who.id,
  userPrincipalName: who.upn,
  displayName,
  givenName: displayName.split(' ')[0] ?? displayName,
  surname: displayName.split(' ').slice(1).join(' '),
  mail: who.upn,
  proxyAddresses: [`SMTP:${who.upn}`],
  mailNickname: who.upn.split('@')[0] ?? who.upn,
  companyName: 'Northwind Harbour',
  preferredLanguage: 'en-GB',
  usageLocation: 'NL',
  businessPhones: ['+31 20 555 01' + who.id.slice(-2)],
  managerId: people.viktor.id,
  employeeId: `NH-${who.id.slice(-4)}`,
  ...more,
});

const members = (...ids: string[]): { id: string; since: number }[] => ids.map((id) => ({ id, since: 0 }));

/** Northwind Harbour, a tenant with one person of every kind that a rule of the product speaks of. */
export const northwindHarbour: Seed = {
  people: [
    person(people.ada, 'Ada Lindqvist', {
      managerId: people.mara.id,
      preferredLanguage: 'de-DE',
      department: 'Pilotage',
      jobTitle: 'Harbour pilot',
      employeeHireDate: '2026-01-05T00:00:00Z',
    }),
    person(people.mara, 'Mara Osei', {
      department: 'Pilotage',
      jobTitle: 'Chief pilot',
      mobilePhone: '+31 6 5550 0102',
    }),
    person(people.viktor, 'Viktor Hale', { department: 'Board', jobTitle: 'Harbour master', managerId: null }),
    person(people.maraAdmin, 'Mara Osei (admin)', {
      employeeId: 'NH-0002',
      mail: null,
      proxyAddresses: [],
      managerId: null,
      department: 'IT',
    }),
    person(people.jonas, 'Jonas Petit', { department: 'IT', jobTitle: 'Helpdesk', preferredLanguage: 'fr-FR' }),
    person(people.suki, 'Suki Tanaka', { department: 'IT', jobTitle: 'Helpdesk', preferredLanguage: 'ja-JP' }),
    person(people.petra, 'Petra Novak', { department: 'Reception', jobTitle: 'Front desk' }),
    person(people.oskar, 'Oskar Gone', { accountEnabled: false, managerId: people.mara.id }),
    person(people.gael, 'Gael Roy', {
      mail: 'gael.roy@tallship.example',
      proxyAddresses: ['SMTP:gael.roy@tallship.example'],
      otherMails: ['gael.roy@tallship.example'],
      companyName: 'Tallship',
      employeeId: null,
      userType: 'Guest',
      externalUserState: 'Accepted',
      creationType: 'Invitation',
      managerId: null,
    }),
    person(people.irene, 'Irene Adler', { department: 'IT', jobTitle: 'Head of identity' }),
    person(people.pim, 'Pim Eligible', { department: 'IT' }),
    person(people.rolf, 'Rolf Berg', { department: 'IT' }),
    person(people.greta, 'Greta Lund', { department: 'IT' }),
    person(people.breakGlass, 'Emergency 1', {
      mail: null,
      proxyAddresses: [],
      employeeId: null,
      managerId: null,
      businessPhones: [],
    }),
    person(people.nils, 'Nils Frei', { managerId: null, preferredLanguage: null }),
    person(people.sean, "Sean O'Neil", { managerId: people.mara.id }),
    person(people.bea, 'Bea Wolf', { department: 'Quay' }),
    person(people.carl, 'Carl Moss', { department: 'Quay' }),
    person(people.otto, 'Otto Kern', { department: 'IT' }),
    person(mailbox, 'Keyvouch', { accountEnabled: false, employeeId: null, managerId: null, businessPhones: [] }),
  ],
  groups: [
    { id: groups.helpdesk, displayName: 'Helpdesk', members: members(people.jonas.id, people.suki.id) },
    { id: groups.keyUsers, displayName: 'Key users', members: members(people.mara.id, groups.newcomers) },
    { id: groups.newcomers, displayName: 'Newcomers', members: members(people.ada.id) },
    { id: groups.backupApprovers, displayName: 'Backup approvers', members: members(people.bea.id, people.carl.id) },
    {
      id: groups.supportAdmins,
      displayName: 'Support admins',
      isAssignableToRole: true,
      members: members(people.rolf.id),
      owners: [people.otto.id],
    },
    {
      id: groups.everyone,
      displayName: 'Everyone at Northwind Harbour',
      members: members(...Object.values(people).map((who) => who.id)),
    },
    {
      id: groups.emergencyCustodians,
      displayName: 'Emergency custodians',
      members: members(people.viktor.id, people.bea.id, people.carl.id),
    },
  ],
  roleAssignments: [
    { id: 'ra-irene', principalId: people.irene.id, roleDefinitionId: roles.globalAdministrator.id },
    { id: 'ra-emergency', principalId: people.breakGlass.id, roleDefinitionId: roles.globalAdministrator.id },
    { id: 'ra-mara-admin', principalId: people.maraAdmin.id, roleDefinitionId: roles.authenticationAdministrator.id },
    { id: 'ra-support', principalId: groups.supportAdmins, roleDefinitionId: roles.helpdeskAdministrator.id },
  ],
  roleEligibilities: [{ id: 're-pim', principalId: people.pim.id, roleDefinitionId: roles.userAdministrator.id }],
  groupEligibilities: [
    {
      id: `${groups.supportAdmins}_member_greta`,
      principalId: people.greta.id,
      groupId: groups.supportAdmins,
      accessId: 'member',
    },
  ],
};
