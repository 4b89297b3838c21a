/** The walls of the house: who may know whom. Each breach fails `npm run check` with the sentence in `comment`. */
const TESTS = '\\.test\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'tickets-and-cards-are-pure',
      comment: 'bot/tickets and cards are pure functions over types: no clock, no I/O, no SDK, no other room.',
      severity: 'error',
      from: { path: '^(bot/tickets|cards)/', pathNot: TESTS },
      to: { pathNot: '^(bot/tickets|cards)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tickets-do-not-know-cards',
      comment: 'The heart does not know how it is shown: cards may import types of tickets, never the other way.',
      severity: 'error',
      from: { path: '^bot/tickets/', pathNot: TESTS },
      to: { path: '^cards/' },
    },
    {
      name: 'cards-know-only-ticket-types',
      comment: 'Cards draw read models: they import types of bot/tickets and nothing that runs.',
      severity: 'error',
      from: { path: '^cards/', pathNot: TESTS },
      to: { path: '^(bot|functions|agent|infra)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-teams-knows-the-bot-sdks',
      comment: 'Only bot/teams imports botbuilder and teams-ai, so that a change of SDK stays in one room.',
      severity: 'error',
      from: { pathNot: ['^bot/teams/', '^infra/', '^node_modules'] },
      to: { path: 'node_modules/(botbuilder|botframework|@microsoft/teams-ai)' },
    },
    {
      name: 'only-platform-knows-koffi',
      comment: 'Only agent/platform calls C functions: what of Windows is asked stays in one room.',
      severity: 'error',
      from: { pathNot: ['^agent/platform/', '^infra/', '^node_modules'] },
      to: { path: 'node_modules/koffi' },
    },
    {
      name: 'broker-knows-only-hid',
      comment:
        'The broker runs with rights: it knows agent/hid and agent/protocol, and nothing of CTAP, jobs or people.',
      severity: 'error',
      from: { path: '^agent/broker/', pathNot: [TESTS, '\\.fixture\\.ts$'] },
      to: { path: '^agent/', pathNot: '^agent/(broker|hid|protocol)/' },
    },
    {
      name: 'only-hid-knows-node-hid',
      comment: 'Only agent/hid talks to USB: the rest of the agent sees a Transport.',
      severity: 'error',
      from: { pathNot: ['^agent/hid/', '^infra/', '^node_modules'] },
      to: { path: 'node_modules/node-hid' },
    },
    {
      name: 'only-entra-calls-graph',
      comment: 'Only bot/entra calls Microsoft Graph: its traps and its rights stay in one room.',
      severity: 'error',
      from: { pathNot: ['^bot/entra/', '^infra/', '^node_modules'] },
      to: { path: 'node_modules/@microsoft/microsoft-graph' },
    },
    {
      name: 'only-storage-touches-tables',
      comment: 'Only bot/storage touches Azure Tables: the limits and the transaction are kept there.',
      severity: 'error',
      from: { pathNot: ['^bot/storage/', '^infra/', '^node_modules'] },
      to: { path: 'node_modules/@azure/data-tables' },
    },
    {
      name: 'only-effects-and-service-know-outer',
      comment:
        'Only bot/outer calls the outer ticket system: bot/effects and bot/service use it, and functions/ puts it together.',
      severity: 'error',
      from: {
        path: '^(bot|cards|functions|agent)/',
        pathNot: [TESTS, '^bot/(outer|effects|service)/', '^functions/', '^bot/outer-settings\\.ts$'],
      },
      to: { path: '^bot/outer/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'outer-knows-no-room-that-acts',
      comment: 'bot/outer tells what happened and does nothing else: it knows no directory, storage, chat or service.',
      severity: 'error',
      from: { path: '^bot/outer/', pathNot: TESTS },
      to: { path: '^bot/(entra|storage|teams|workstations|service|effects|admin)/' },
    },
    {
      name: 'agent-knows-no-bot',
      comment: 'The agent runs on a workstation: it knows nothing of bot, functions or cards.',
      severity: 'error',
      from: { path: '^agent/', pathNot: TESTS },
      to: { path: '^(bot|functions|cards|infra)/' },
    },
    {
      name: 'bot-knows-only-the-protocol',
      comment: 'bot shares agent/protocol with the workstation, and nothing else of the agent.',
      severity: 'error',
      from: { path: '^(bot|functions|cards)/', pathNot: TESTS },
      to: { path: '^agent/(?!protocol/)' },
    },
    {
      name: 'product-knows-no-infra',
      comment: 'The product never imports from infra/: what is tried in the sandbox is what is deployed.',
      severity: 'error',
      from: { path: '^(bot|functions|agent|cards)/', pathNot: TESTS },
      to: { path: '^infra/' },
    },
    {
      name: 'functions-is-the-top',
      comment: 'functions/ composes; nobody composes functions/ but infra and tests.',
      severity: 'error',
      from: { path: '^(bot|agent|cards)/', pathNot: TESTS },
      to: { path: '^functions/' },
    },
    {
      name: 'entra-storage-teams-apart',
      comment:
        'bot/entra, bot/storage and bot/teams do not know each other: bot/effects and functions/ bring them together.',
      severity: 'error',
      from: { path: '^bot/(entra|storage|teams|workstations)/', pathNot: TESTS },
      to: { path: '^bot/(entra|storage|teams|workstations)/', pathNot: '^bot/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      comment: 'A circle of imports has no order to read it in.',
      severity: 'error',
      from: { pathNot: '^node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
