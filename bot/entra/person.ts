import { z } from 'zod';

const text = z.string().nullish();
const when = z
  .string()
  .datetime({ offset: true })
  .nullish()
  .transform((value) => (value === null || value === undefined ? undefined : new Date(value)));
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

/** A user as Graph gives it (v1.0 `user`, properties of PERSON_SELECT). */
const UserReply = z.object({
  id: z.string().min(1),
  displayName: text,
  userPrincipalName: text,
  mail: text,
  employeeId: text,
  accountEnabled: z.boolean().nullish(),
  userType: text,
  externalUserState: text,
  creationType: text,
  otherMails: texts,
  proxyAddresses: texts,
  businessPhones: texts,
  mobilePhone: text,
  preferredLanguage: text,
  department: text,
  jobTitle: text,
  createdDateTime: when,
  employeeHireDate: when,
  signInSessionsValidFromDateTime: when,
});

/** A person as the directory knows them. Names and addresses are for showing; only `id` is ever compared. */
export interface Person {
  id: string;
  displayName: string;
  userPrincipalName: string;
  mail?: string;
  employeeId?: string;
  /** False also where the directory does not say. */
  accountEnabled: boolean;
  userType: string;
  /** A guest, or an account whose home is another tenant: `#EXT#` in its name, an invitation, a guest's state. */
  external: boolean;
  /** External, but a member by type: so come accounts that are synchronised from another tenant. */
  syncedFromElsewhere?: boolean;
  otherMails: string[];
  proxyAddresses: string[];
  businessPhones: string[];
  mobilePhone?: string;
  preferredLanguage?: string;
  department?: string;
  jobTitle?: string;
  createdDateTime?: Date;
  employeeHireDate?: Date;
  signInSessionsValidFromDateTime?: Date;
}

type Reply = z.output<typeof UserReply>;

/** Parses a Graph user into a {@link Person}. */
export const PersonReply = UserReply.transform(personOf);

function personOf(user: Reply): Person {
  const external = isExternal(user);
  return {
    id: user.id,
    displayName: user.displayName ?? user.userPrincipalName ?? user.id,
    userPrincipalName: user.userPrincipalName ?? '',
    accountEnabled: user.accountEnabled === true,
    // Old accounts that came from a local directory have no userType; Entra treats them as members.
    userType: user.userType ?? 'Member',
    external,
    otherMails: user.otherMails,
    proxyAddresses: user.proxyAddresses,
    businessPhones: user.businessPhones,
    ...(external && user.userType?.toLowerCase() !== 'guest' ? { syncedFromElsewhere: true } : {}),
    ...given('mail', user.mail),
    ...given('employeeId', user.employeeId),
    ...given('mobilePhone', user.mobilePhone),
    ...given('preferredLanguage', user.preferredLanguage),
    ...given('department', user.department),
    ...given('jobTitle', user.jobTitle),
    ...given('createdDateTime', user.createdDateTime),
    ...given('employeeHireDate', user.employeeHireDate),
    ...given('signInSessionsValidFromDateTime', user.signInSessionsValidFromDateTime),
  };
}

function isExternal(user: Reply): boolean {
  return (
    user.userType?.toLowerCase() === 'guest' ||
    /#ext#/i.test(user.userPrincipalName ?? '') ||
    (user.externalUserState ?? '') !== '' ||
    user.creationType?.toLowerCase() === 'invitation'
  );
}

/** `{ [name]: value }`, or nothing where there is no value: an absent property, not one that is undefined. */
function given<K extends string, V>(name: K, value: V | null | undefined): Partial<Record<K, V>> {
  const absent = value === null || value === undefined || value === '';
  return absent ? {} : ({ [name]: value } as Partial<Record<K, V>>);
}
