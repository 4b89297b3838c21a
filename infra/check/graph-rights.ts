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
/** What is granted by name, where a setting asks for it. */
const OPTIONAL = 'infra/azure/graph/optional-permissions.json';

/** What is wrong between the rights a deployment grants and those the bot's calls need. */
export function rightBreaches(
  granted: Readonly<Record<string, string>>,
  needed: readonly Permission[],
  file = FILE,
): string[] {
  const reasons = new Map(needed.map(({ name, why }) => [name, why]));
  const names = Object.keys(granted);
  return [
    ...names
      .filter((name) => !reasons.has(name))
      .map((name) => `${file} grants ${name}, which no call of bot/entra needs.`),
    ...[...reasons.keys()].filter((name) => !(name in granted)).map((name) => `${file} does not grant ${name}.`),
    ...names
      .filter((name) => reasons.has(name) && reasons.get(name) !== granted[name])
      .map((name) => `${file} gives another reason for ${name} than bot/entra/permissions.ts.`),
    ...names.filter((name) => TOO_BROAD.some((broad) => broad.test(name))).map((name) => `${name} is too broad.`),
  ];
}

export const graphRights: Check = {
  name: 'the rights granted in Graph are those that bot/entra needs, and none is too broad',
  async run(root) {
    const read = async (file: string) =>
      z.record(z.string()).parse(JSON.parse(await readFile(join(root, file), 'utf8')));
    const inGraph = PERMISSIONS.filter(({ grantedIn }) => grantedIn === undefined);
    const always = inGraph.filter(({ only }) => only === undefined);
    const optional = inGraph.filter(({ only }) => only !== undefined);
    return [...rightBreaches(await read(FILE), always), ...rightBreaches(await read(OPTIONAL), optional, OPTIONAL)];
  },
};
