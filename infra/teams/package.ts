import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a Teams app package is told by the deployment it belongs to. */
export interface TeamsIds {
  /** Client id of the bot's identity (a GUID): the app's id, the bot's id and the caller of Graph are one. */
  appId: string;
  /** `https://…`, without a path: where the bot is. */
  publicUrl: string;
  /** The page that the app's store entry links to. Default: the bot's own address. */
  websiteUrl?: string;
  /** `major.minor.patch`, from package.json. */
  version: string;
}

/** Ids that no tenant has: the package is well-formed with them, and cannot be mistaken for a real one. */
export const PLACEHOLDER: Omit<TeamsIds, 'version'> = {
  appId: '00000000-0000-4000-8000-000000000000',
  publicUrl: 'https://keyvouch.invalid',
};

/** The files of the app package by name: the manifest with its `${{NAME}}` filled in, its languages, its icons. */
export function teamsPackage(ids: TeamsIds): Map<string, Buffer> {
  const values: Record<string, string> = {
    APP_ID: ids.appId,
    DOMAIN: new URL(ids.publicUrl).host,
    WEBSITE_URL: ids.websiteUrl ?? ids.publicUrl,
    VERSION: ids.version,
  };
  const manifest = readFileSync(join(__dirname, 'manifest.json'), 'utf8').replace(
    /\$\{\{(\w+)\}\}/g,
    (_, name: string) => {
      const value = values[name];
      if (value === undefined)
        throw new Error(`infra/teams/manifest.json names \${{${name}}}, which nothing fills in.`);
      return JSON.stringify(value).slice(1, -1);
    },
  );
  const asIs = ['de.json', 'color.png', 'outline.png'].map(
    (name) => [name, readFileSync(join(__dirname, name))] as const,
  );
  return new Map([['manifest.json', Buffer.from(manifest)], ...asIs]);
}
