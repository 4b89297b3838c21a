import { z } from 'zod';

/** Any GUID, lower case inside the stand-in. */
export const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((text) => text.toLowerCase());

const text = z.string().nullable().default(null);
const texts = z.array(z.string()).default([]);

/** A user as the directory stores it; the properties are Graph's, but for `managerId`. */
export const personSchema = z
  .object({
    id: guid,
    userPrincipalName: z.string().min(3),
    displayName: z.string().min(1),
    givenName: text,
    surname: text,
    mail: text,
    mailNickname: text,
    employeeId: text,
    employeeType: text,
    employeeHireDate: text,
    department: text,
    jobTitle: text,
    officeLocation: text,
    companyName: text,
    usageLocation: text,
    preferredLanguage: text,
    mobilePhone: text,
    businessPhones: texts,
    otherMails: texts,
    proxyAddresses: texts,
    accountEnabled: z.boolean().default(true),
    userType: z.enum(['Member', 'Guest']).default('Member'),
    externalUserState: text,
    creationType: text,
    onPremisesSyncEnabled: z.boolean().nullable().default(null),
    createdDateTime: z.string().default('2024-02-01T08:00:00Z'),
    signInSessionsValidFromDateTime: z.string().default('2024-02-01T08:00:00Z'),
    managerId: guid.nullable().default(null),
  })
  .strict();
export type Person = z.output<typeof personSchema>;

/** `since` in milliseconds: a membership counts for method policies only after the propagation delay. */
const membershipSchema = z.object({ id: guid, since: z.number().default(0) }).strict();

export const groupSchema = z
  .object({
    id: guid,
    displayName: z.string().min(1),
    description: text,
    groupTypes: texts,
    securityEnabled: z.boolean().default(true),
    mailEnabled: z.boolean().default(false),
    mail: text,
    mailNickname: text,
    isAssignableToRole: z.boolean().nullable().default(null),
    createdDateTime: z.string().default('2024-02-01T08:00:00Z'),
    members: z.array(membershipSchema).default([]),
    owners: z.array(guid).default([]),
  })
  .strict();
export type Group = z.output<typeof groupSchema>;

export const administrativeUnitSchema = z
  .object({
    id: guid,
    displayName: z.string(),
    isMemberManagementRestricted: z.boolean().default(false),
    members: z.array(guid).default([]),
  })
  .strict();
export type AdministrativeUnit = z.output<typeof administrativeUnitSchema>;

/** A role held now by a user or a group; `Activated` ones were switched on through PIM for a while. */
export const roleAssignmentSchema = z
  .object({
    id: z.string(),
    principalId: guid,
    roleDefinitionId: guid,
    directoryScopeId: z.string().default('/'),
    assignmentType: z.enum(['Assigned', 'Activated']).default('Assigned'),
    endDateTime: text,
  })
  .strict();
export type RoleAssignment = z.output<typeof roleAssignmentSchema>;

/** A role that may be switched on through PIM. */
export const roleEligibilitySchema = z
  .object({ id: z.string(), principalId: guid, roleDefinitionId: guid, directoryScopeId: z.string().default('/') })
  .strict();
export type RoleEligibility = z.output<typeof roleEligibilitySchema>;

/** A group that may be joined or owned through PIM for Groups. */
export const groupEligibilitySchema = z
  .object({ id: z.string(), principalId: guid, groupId: guid, accessId: z.enum(['member', 'owner']) })
  .strict();
export type GroupEligibility = z.output<typeof groupEligibilitySchema>;

/** Everything that is not an authentication method: what a seed gives. */
export const directorySchema = z
  .object({
    people: z.array(personSchema).default([]),
    groups: z.array(groupSchema).default([]),
    administrativeUnits: z.array(administrativeUnitSchema).default([]),
    roleAssignments: z.array(roleAssignmentSchema).default([]),
    roleEligibilities: z.array(roleEligibilitySchema).default([]),
    groupEligibilities: z.array(groupEligibilitySchema).default([]),
  })
  .strict();
export type Directory = z.output<typeof directorySchema>;
/** A seed: the directory with everything that has a default left out. */
export type Seed = z.input<typeof directorySchema>;
