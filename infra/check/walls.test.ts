import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const root = join(__dirname, '..', '..');

/** For each wall, a file that breaches it (and, where it takes two, what it meets on the other side). */
const BREACHES: Record<string, { file: string; text: string }> = {
  'tickets-and-cards-are-pure': { file: 'bot/tickets/clock.ts', text: `import { now } from 'node:perf_hooks'; now;` },
  'tickets-do-not-know-cards': {
    file: 'bot/tickets/look.ts',
    text: `import type { C } from '../../cards/lawful'; export type X = C;`,
  },
  'cards-know-only-ticket-types': { file: 'cards/runs.ts', text: `import { t } from '../bot/tickets/lawful'; t;` },
  'only-teams-knows-the-bot-sdks': { file: 'bot/effects/posts.ts', text: `import 'botbuilder';` },
  'only-hid-knows-node-hid': { file: 'agent/operations/usb.ts', text: `import 'node-hid';` },
  'only-platform-knows-koffi': { file: 'agent/operations/windows.ts', text: `import 'koffi';` },
  'broker-knows-only-hid': { file: 'agent/broker/reads.ts', text: `import '../ctap/lawful';` },
  'only-entra-calls-graph': { file: 'bot/effects/graph.ts', text: `import '@microsoft/microsoft-graph-client';` },
  'only-storage-touches-tables': { file: 'bot/effects/rows.ts', text: `import '@azure/data-tables';` },
  'only-effects-and-service-know-outer': { file: 'bot/teams/tells.ts', text: `import '../outer/lawful';` },
  'outer-knows-no-room-that-acts': { file: 'bot/outer/acts.ts', text: `import '../entra/lawful';` },
  'agent-knows-no-bot': { file: 'agent/service/asks.ts', text: `import '../../bot/entra/lawful';` },
  'bot-knows-only-the-protocol': { file: 'bot/workstations/reads.ts', text: `import '../../agent/ctap/lawful';` },
  'product-knows-no-infra': { file: 'functions/tries.ts', text: `import '../infra/lawful';` },
  'functions-is-the-top': { file: 'bot/admin/calls.ts', text: `import '../../functions/lawful';` },
  'entra-storage-teams-apart': { file: 'bot/entra/stores.ts', text: `import '../storage/lawful';` },
  'no-circles': { file: 'agent/hid/round.ts', text: `import './trip';` },
};

/** What the walls allow, as close to each breach as it goes. */
const LAWFUL: Record<string, string> = {
  'bot/tickets/lawful.ts': `export type T = string; export const t = 1;`,
  'bot/tickets/lawful.test.ts': `import 'node:fs'; import '../../infra/lawful';`,
  'cards/lawful.ts': `import type { T } from '../bot/tickets/lawful'; export type C = T;`,
  'bot/teams/lawful.ts': `import 'botbuilder';`,
  'bot/entra/lawful.ts': `import '@microsoft/microsoft-graph-client'; import '../../agent/protocol/lawful';`,
  'bot/storage/lawful.ts': `import '@azure/data-tables';`,
  'bot/outer/lawful.ts': `export const o = 1;`,
  'bot/effects/lawful.ts': `import '../outer/lawful'; import '../entra/lawful'; import '../storage/lawful'; import '../teams/lawful';`,
  'agent/protocol/lawful.ts': `export const p = 1;`,
  'agent/ctap/lawful.ts': `import '../protocol/lawful';`,
  'agent/hid/lawful.ts': `import 'node-hid';`,
  'agent/platform/lawful.ts': `import 'koffi';`,
  'agent/broker/lawful.ts': `import '../hid/lawful'; import '../protocol/lawful';`,
  'agent/hid/trip.ts': `import './round';`,
  'functions/lawful.ts': `import '../bot/effects/lawful';`,
  'infra/lawful.ts': `import '../functions/lawful'; import 'node-hid'; import 'botbuilder';`,
};

const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function violations(files: Record<string, string>): { rule: string; from: string }[] {
  const house = mkdtempSync(join(tmpdir(), 'keyvouch-walls-'));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(house, name)), { recursive: true });
    writeFileSync(join(house, name), text);
  };
  try {
    copyFileSync(join(root, '.dependency-cruiser.cjs'), join(house, '.dependency-cruiser.cjs'));
    copyFileSync(join(root, 'tsconfig.json'), join(house, 'tsconfig.json'));
    for (const name of ['botbuilder', 'node-hid', 'koffi', '@microsoft/microsoft-graph-client', '@azure/data-tables']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    write('package.json', '{}');
    for (const [name, text] of Object.entries(files)) write(name, text);
    const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const rooms = ['bot', 'functions', 'agent', 'cards', 'infra'];
    const args = [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...rooms];
    const json = execFileSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 1 << 26 });
    return Report.parse(JSON.parse(json)).summary.violations.map(({ from, rule }) => ({ rule: rule.name, from }));
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

const breached = violations({
  ...LAWFUL,
  ...Object.fromEntries(Object.values(BREACHES).map(({ file, text }) => [file, text])),
});

test.each(Object.entries(BREACHES))('the wall %s bites', (rule, { file }) => {
  expect(breached).toContainEqual({ rule, from: file });
});

test('no wall stands where there is a door', () => {
  const { 'agent/hid/trip.ts': _, ...lawful } = LAWFUL;
  expect(violations(lawful)).toEqual([]);
});

test('every wall has a breach here', () => {
  const Walls = z.object({ forbidden: z.array(z.object({ name: z.string(), comment: z.string().min(20) })) });
  const config: unknown = createRequire(__filename)(join(root, '.dependency-cruiser.cjs'));
  const walls = Walls.parse(config).forbidden.map(({ name }) => name);
  expect(walls.sort()).toEqual(Object.keys(BREACHES).sort());
});
