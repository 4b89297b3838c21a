import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, SETTING_NAMES } from '../../bot/settings';
import { readBicepFolder } from './bicep';
import { type Check } from './check';

/** It opens the sandbox's doors: it must never stand in a deployment. */
const SANDBOX = 'KEYVOUCH_SANDBOX';

/** What is wrong between the settings a deployment makes and those the bot reads. */
export function settingBreaches(made: ReadonlySet<string>, read: ReadonlySet<string>): string[] {
  return [
    ...[...made]
      .filter((name) => !read.has(name))
      .map((name) => `Bicep makes ${name}, which bot/settings.ts does not read.`),
    ...[...read]
      .filter((name) => !made.has(name) && name !== SANDBOX)
      .map((name) => `bot/settings.ts reads ${name}, which infra/azure/functions.bicep does not make.`),
    ...(made.has(SANDBOX) ? [`Bicep makes ${SANDBOX}, which is for the sandbox alone.`] : []),
  ];
}

/** @returns why the bot would refuse to start with these files of the tenant */
export function tenantFileBreaches(rules: string, linkedAccounts: string, outer = '{}'): string[] {
  const anyId = '00000000-0000-4000-8000-000000000000';
  const anyUrl = 'https://keyvouch.invalid';
  try {
    readSettings({
      KEYVOUCH_TENANT_ID: anyId,
      KEYVOUCH_APP_ID: anyId,
      KEYVOUCH_PUBLIC_URL: anyUrl,
      KEYVOUCH_TABLES_URL: anyUrl,
      KEYVOUCH_KEY_VAULT_URL: anyUrl,
      KEYVOUCH_HELPDESK_GROUP: anyId,
      // What main.parameters.json gives where nothing was chosen.
      KEYVOUCH_EMERGENCY_ACCOUNTS: '',
      KEYVOUCH_ADMIN_PATTERN: '',
      KEYVOUCH_ATTESTATION_ROOTS: '',
      KEYVOUCH_RULES: rules,
      KEYVOUCH_LINKED_ACCOUNTS: linkedAccounts,
      KEYVOUCH_OUTER: outer,
    });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

export const settingsKnown: Check = {
  name: 'the settings that Bicep makes are the settings that the bot reads, and it can read them',
  async run(root) {
    const folder = join(root, 'infra', 'azure');
    const properties = [...(await readBicepFolder(folder)).values()].flatMap((file) => [...file.properties]);
    const made = new Set(properties.filter((name) => name.startsWith('KEYVOUCH_')));
    const read = new Set(SETTING_NAMES.filter((name) => name.startsWith('KEYVOUCH_')));
    const tenant = ['rules.json', 'linked-accounts.json', 'outer.json'].map((name) =>
      readFile(join(folder, name), 'utf8'),
    );
    const [rules = '', linkedAccounts = '', outer = ''] = await Promise.all(tenant);
    return [...settingBreaches(made, read), ...tenantFileBreaches(rules, linkedAccounts, outer)];
  },
};
