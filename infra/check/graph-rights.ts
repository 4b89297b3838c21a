import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Permission, PERMISSIONS } from '../../bot/entra/permissions';
import { type Check } from './check';

/** Rights that would let a stolen bot take the tenant over, or that a narrower right replaces. */
const TOO_BROAD = [
  /^(Directory|User|UserAuthenticationMethod)\.ReadWrite\.All$/,
  /^(Application|AppRoleAssignment|Group|GroupMember)\.ReadWrite\./,
  /^(RoleManagement|PrivilegedAccess|RoleAssignmentSchedule|RoleEligibilitySchedule)\.ReadWrite\./,
  /^Privileged(Assignment|Eligibility)Schedule\.ReadWrite\./,
  /^Policy\.ReadWrite\./,
];

const FILE = 'infra/azure/graph/permissions.json';

/** What is wrong between the rights a deployment grants and those the bot's calls need. */
export function rightBreaches(granted: Readonly<Record<string, string>>, needed: readonly Permission[]): string[] {
  const reasons = new Map(needed.map(({ name, why }) => [name, why]));
  const names = Object.keys(granted);
  return [
    ...names
      .filter((name) => !reasons.has(name))
      .map((name) => `${FILE} grants ${name}, which no call of bot/entra needs.`),
    ...[...reasons.keys()].filter((name) => !(name in granted)).map((name) => `${FILE} does not grant ${name}.`),
    ...names
      .filter((name) => reasons.has(name) && reasons.get(name) !== granted[name])
      .map((name) => `${FILE} gives another reason for ${name} than bot/entra/permissions.ts.`),
    ...names.filter((name) => TOO_BROAD.some((broad) => broad.test(name))).map((name) => `${name} is too broad.`),
  ];
}

export const graphRights: Check = {
  name: 'the rights granted in Graph are those that bot/entra needs, and none is too broad',
  async run(root) {
    const granted = z.record(z.string()).parse(JSON.parse(await readFile(join(root, FILE), 'utf8')));
    return rightBreaches(granted, PERMISSIONS);
  },
};
