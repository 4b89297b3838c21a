import { build, type Plugin, transform } from 'esbuild';
import { basename } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** What is built, and what stays outside. */
export interface PartsOptions {
  /** What paths are relative to. */
  root: string;
  entry: string;
  /** Packages that are required at run time from beside the file. */
  external: readonly string[];
  plugins?: Plugin[];
}

export interface Parts {
  /** One CommonJS file. */
  code: string;
  /** The source files in it, relative to `root`. */
  inputs: string[];
}

/**
 * Bundles a program into one file of which only what is used is compiled. What the sources import dynamically becomes a
 * part of its own; a part is a string until something asks for it. V8 reads a string ten times as fast as it looks
 * through the same code, and a command line tool is mostly its start.
 */
export async function bundleInParts({ root, entry, external, plugins = [] }: PartsOptions): Promise<Parts> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'parts',
    entryNames: 'main',
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minify: true,
    external: [...external],
    plugins,
    metafile: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const parts: [string, string][] = [];
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      target: 'node20',
      minify: true,
      // import() of a part, or of a package beside the file, is a require() that comes later.
      supported: { 'dynamic-import': false },
    });
    parts.push([`./${basename(path)}`, code]);
  }
  parts.sort(([a], [b]) => (a < b ? -1 : 1));
  return { code: fileOf(parts), inputs: Object.keys(metafile.inputs) };
}

/** The part that every command starts with. */
const ENTRY = './main.mjs';
/** A larger part is needed by some commands only, and even a string takes its time to read. Bytes. */
const COLD = 9_000;

function literal(name: string, code: string): string {
  if (code.length < COLD || name === ENTRY) return JSON.stringify(code);
  return `inflated(${JSON.stringify(deflateRawSync(code, { level: 9 }).toString('base64'))})`;
}

/**
 * The loader, in plain JavaScript that every Node reads; parts know each other by `./name`, all else is Node's. What
 * code-cache.cjs has left beside it spares V8 the compiling, where Node is the one of the build; else it is passed over.
 */
function fileOf(parts: readonly [string, string][]): string {
  return `#!/usr/bin/env node
'use strict';
// The Keyvouch agent. Built from agent/ by infra/build/parts.ts: each part below is compiled when it is first used.
const { readFileSync } = require('node:fs');
const vm = require('node:vm');
const inflated = (text) => () => require('node:zlib').inflateRawSync(Buffer.from(text, 'base64')).toString();
const parts = {
${parts.map(([name, code]) => `${JSON.stringify(name)}: ${literal(name, code)},`).join('\n')}
};
const compiled = new Map();
try {
  const cache = readFileSync(__filename + '.cache');
  const start = 4 + cache.readUInt32LE(0);
  for (const [name, at, length] of JSON.parse(cache.toString('latin1', 4, start)))
    compiled.set(name, cache.subarray(start + at, start + at + length));
} catch {}
const loaded = new Map();
function load(name) {
  if (!Object.hasOwn(parts, name)) return require(name);
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const code = typeof parts[name] === 'string' ? parts[name] : parts[name]();
  const script = new vm.Script('(function (exports, require, module, __filename, __dirname) {' + code + '\\n})', {
    filename: __filename + name.slice(1),
    cachedData: compiled.get(name),
  });
  script.runInThisContext()(module.exports, load, module, __filename, __dirname);
  return module.exports;
}
load('${ENTRY}');
`;
}
