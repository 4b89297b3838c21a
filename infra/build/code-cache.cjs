// Runs a program that parts.ts has built and keeps what V8 compiled of it meanwhile, in a file beside it:
// `node code-cache.cjs PROGRAM ARGUMENT…`. Four bytes of length, an index in JSON, then the data of each part.
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const [, , program, ...args] = process.argv;
const file = path.resolve(program);
const scripts = new Map();
const { Script } = vm;
vm.Script = class extends Script {
  constructor(code, options) {
    super(code, options);
    scripts.set(`.${options.filename.slice(file.length)}`, this);
  }
};

process.on('exit', () => {
  const index = [];
  const data = [];
  let at = 0;
  for (const [name, script] of scripts) {
    const compiled = script.createCachedData();
    index.push([name, at, compiled.length]);
    data.push(compiled);
    at += compiled.length;
  }
  const head = Buffer.from(JSON.stringify(index), 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  writeFileSync(`${file}.cache`, Buffer.concat([length, head, ...data]));
  // How the program itself ended is of no interest here.
  process.exitCode = 0;
});
process.argv = [process.argv[0], file, ...args];
require(file);
