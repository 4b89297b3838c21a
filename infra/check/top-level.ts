import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Check } from './check';

const ROOMS = new Set(['bot', 'functions', 'agent', 'cards', 'infra']);
const FILES = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'host.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
]);

/** The top level has the five rooms and a few files; tool configuration lives in package.json or in dot files. */
export function standsOddly(paths: readonly string[]): string[] {
  const tops = new Set(paths.map((path) => (path.includes('/') ? `${path.split('/')[0] ?? ''}/` : path)));
  return [...tops].filter((top) =>
    top.endsWith('/') ? !ROOMS.has(top.slice(0, -1)) && !top.startsWith('.') : !FILES.has(top) && !top.startsWith('.'),
  );
}

export const topLevel: Check = {
  name: 'the top level holds only the rooms of the house',
  async run(root) {
    // Tracked files and those about to be: what .gitignore names (dist, node_modules) is nobody's room.
    const list = ['ls-files', '--cached', '--others', '--exclude-standard'];
    const { stdout } = await promisify(execFile)('git', list, { cwd: root, maxBuffer: 1 << 26 });
    return standsOddly(stdout.split('\n').filter(Boolean)).map((top) => `${top} stands at the top level.`);
  },
};
