import { createHash } from 'node:crypto';

/** A person as the caller of `startTeams` gives one. */
export interface PersonOptions {
  /** The object id in Entra; it is also the person's id in this stand-in's API. */
  aadObjectId: string;
  name: string;
  /** The Teams id, `29:…`. Default: derived from tenant and object id, so that it survives a restart. */
  mri?: string;
  /** Default: the tenant of the stand-in. Another one makes the person a stranger. */
  tenantId?: string;
  /** The language of the person's Teams, as a BCP 47 tag. Default `en-US`. */
  locale?: string;
  userPrincipalName?: string;
  email?: string;
  /** What the person is, shown under the name: `Employee`, `Manager`, `Helpdesk`. */
  title?: string;
  /** What rosters say the person is here. Default `user`. */
  role?: 'user' | 'guest' | 'anonymous';
  /** Whether the app is installed for the person. Default true; no activity is sent for it, see `install`. */
  installed?: boolean;
}

/** A person with an account in Teams. `id` is the Entra object id; `conversationId` is the 1:1 chat with the bot. */
export interface TeamsPerson {
  readonly id: string;
  readonly mri: string;
  readonly name: string;
  readonly tenantId: string;
  readonly locale: string;
  readonly userPrincipalName: string;
  readonly email: string;
  readonly title: string;
  readonly conversationId: string;
  readonly role: 'user' | 'guest' | 'anonymous';
  installed: boolean;
}

const derive = (...parts: string[]): string => createHash('sha256').update(parts.join('|')).digest('base64url');

/** Fills in what Teams would have made up itself. Ids are derived, not random: stored references outlive a restart. */
export function teamsPerson(options: PersonOptions, appId: string, homeTenant: string): TeamsPerson {
  const tenantId = options.tenantId ?? homeTenant;
  const mri = options.mri ?? `29:1${derive(tenantId, options.aadObjectId)}`;
  const userPrincipalName =
    options.userPrincipalName ?? `${options.name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}@example.com`;
  return {
    id: options.aadObjectId,
    mri,
    name: options.name,
    tenantId,
    locale: options.locale ?? 'en-US',
    userPrincipalName,
    email: options.email ?? userPrincipalName,
    title: options.title ?? '',
    conversationId: `a:1${derive(appId, mri)}`,
    role: options.role ?? 'user',
    installed: options.installed ?? true,
  };
}
