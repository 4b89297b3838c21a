// Loads a built Functions app as the host's worker does and prints the names it registers, one a line.
// Run by plain node, in a folder with nothing above it: `node load-app.cjs FOLDER`.
// The worker gives '@azure/functions-core' to the app by patching the loader; so does this.
const Module = require('node:module');
const path = require('node:path');

const names = [];
const disposable = { dispose: () => undefined };
const core = {
  version: '3.10.0',
  hostVersion: '4.1040.0',
  Disposable: class {
    dispose() {}
  },
  registerFunction: ({ name }) => (names.push(name), disposable),
  registerHook: () => disposable,
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  log: () => undefined,
};
const load = Module._load;
Module._load = (name, ...rest) => (name === '@azure/functions-core' ? core : load(name, ...rest));

const folder = path.resolve(process.argv[2]);
require(path.join(folder, require(path.join(folder, 'package.json')).main));
process.stdout.write(names.map((name) => `${name}\n`).join(''), () => process.exit(0));
