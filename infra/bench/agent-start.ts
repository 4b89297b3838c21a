import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { type Figure, median, quantile, timed } from './figures';

const AGENT = resolve(__dirname, '../../dist/agent/keyvouch-agent.cjs');
const ROUNDS = 40;
const run = promisify(execFile);

/** Writes the most memory that a process ever had, in kB, into a file when it ends. */
const MEASURE = `process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.MOST_MEMORY, String(process.resourceUsage().maxRSS)));`;

/**
 * `keyvouch-agent keys`, the built bundle, whole process, beside an empty Node.js; the rounds are interleaved. Of the
 * times, what the quicker quarter needs at most: the slower ones tell what else the machine was doing.
 */
export async function agentStartFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-bench-start-'));
  try {
    const preload = join(folder, 'measure.cjs');
    const written = join(folder, 'kilobytes');
    writeFileSync(preload, MEASURE);
    const commands = { ours: [AGENT, 'keys'], peers: ['-e', '0'] } as const;
    const ms: Record<keyof typeof commands, number[]> = { ours: [], peers: [] };
    const mb: Record<keyof typeof commands, number[]> = { ours: [], peers: [] };
    for (let round = -1; round < ROUNDS; round++) {
      for (const who of ['ours', 'peers'] as const) {
        const took = await timed(() => run(process.execPath, [...commands[who]]));
        await run(process.execPath, ['-r', preload, ...commands[who]], {
          env: { ...process.env, MOST_MEMORY: written },
        });
        // The first round brings the files into memory.
        if (round < 0) continue;
        ms[who].push(took);
        mb[who].push(Number(readFileSync(written, 'utf8')) / 1024);
      }
    }
    const peer = 'node -e 0';
    return [
      {
        id: 'agent-keys-start',
        what: 'keyvouch-agent keys, whole process, of the quicker quarter',
        ours: quantile(ms.ours, 0.25),
        peer,
        peers: quantile(ms.peers, 0.25),
        goal: { ratio: 1.3 },
      },
      {
        id: 'agent-keys-memory',
        what: 'keyvouch-agent keys, most memory',
        ours: median(mb.ours),
        peer,
        peers: median(mb.peers),
        unit: 'MB',
        goal: { ratio: 1.5 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
