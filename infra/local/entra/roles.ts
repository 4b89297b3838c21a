/** A directory role of Entra. For built-in roles the definition's id is the template's id, the same in every tenant. */
export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly isPrivileged: boolean;
}

const role = (id: string, displayName: string, isPrivileged: boolean): RoleDefinition => ({
  id,
  displayName,
  description: `Built-in role ${displayName}.`,
  isPrivileged,
});

/** Template ids of built-in roles, as Microsoft documents them. */
export const roles = {
  globalAdministrator: role('62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', true),
  privilegedAuthenticationAdministrator: role(
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    'Privileged Authentication Administrator',
    true,
  ),
  authenticationAdministrator: role('c4e39bd9-1100-46d3-8c65-fb160da0071f', 'Authentication Administrator', true),
  privilegedRoleAdministrator: role('e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', true),
  userAdministrator: role('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', true),
  helpdeskAdministrator: role('729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator', true),
  conditionalAccessAdministrator: role(
    'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9',
    'Conditional Access Administrator',
    true,
  ),
  globalReader: role('f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', true),
  reportsReader: role('4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader', false),
} as const;

const byId = new Map<string, RoleDefinition>(Object.values(roles).map((definition) => [definition.id, definition]));

export const roleDefinitions: readonly RoleDefinition[] = [...byId.values()];

/** A role that the table above does not name is a custom one. */
export const roleDefinition = (id: string): RoleDefinition =>
  byId.get(id) ?? { id, displayName: 'Custom role', description: 'A role made in this tenant.', isPrivileged: false };
