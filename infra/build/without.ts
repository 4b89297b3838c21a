import { type Plugin } from 'esbuild';

/** Modules that a package asks for and the agent never needs, with what it gets instead, by who asks. */
const WITHOUT: readonly { asked: RegExp; by: RegExp; instead: string; why: string }[] = [
  {
    asked: /^cbor-extract$/,
    by: /cbor-x/,
    // What cbor-x does where its native part is not installed.
    instead: 'module.exports = undefined;',
    why: 'native strings for long CBOR; a key sends a few kilobytes, and looking for it loads half of Node',
  },
  {
    asked: /^node:child_process$/,
    by: /commander/,
    instead: `module.exports = { spawn() { throw new Error('The agent has no commands in files of their own.'); } };`,
    why: 'subcommands as programs of their own, which the agent has none of',
  },
];

/** Leaves out of the agent's bundle what would only make its start longer. */
export const without: Plugin = {
  name: 'without',
  setup(build) {
    for (const [index, { asked, by, instead }] of WITHOUT.entries()) {
      build.onResolve({ filter: asked }, ({ path, importer }) =>
        by.test(importer) ? { path, namespace: `without-${index}` } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: `without-${index}` }, () => ({ contents: instead, loader: 'js' }));
    }
  },
};
