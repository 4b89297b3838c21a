import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLab } from './bundle';
import { GUARDS } from './guards';
import { runLab } from './run-lab';

const ORDER = { seed: 4711, first: 0, step: 1 };

describe('the lab', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyvouch-frames-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('plays with bad keys and finds nothing; the same seed is the same play', async () => {
    const file = await buildLab(folder);
    const report = await runLab(file, { ...ORDER, frames: 400 });
    expect(report.violations).toEqual([]);
    expect(report.frames).toBeGreaterThanOrEqual(400);
    const again = await runLab(file, { ...ORDER, frames: 400 });
    expect({ ...again, memory: {} }).toEqual({ ...report, memory: {} });
  }, 120_000);

  it('finds a missing guard', async () => {
    const file = await buildLab(folder, GUARDS['the limit of silence']);
    expect((await runLab(file, { ...ORDER, frames: 400 })).violations.join()).toContain('hangs');
  }, 120_000);

  it('finds a loop that never lets go', async () => {
    const spin = { file: 'agent/ctap/cbor-scan.ts', instead: 'export function scanItem() { for (;;); }' };
    const file = await buildLab(folder, spin);
    const report = runLab(file, { ...ORDER, frames: 10 }, undefined, { stuckMs: 3_000 });
    await expect(report).rejects.toThrow('without letting go');
  }, 120_000);
});
