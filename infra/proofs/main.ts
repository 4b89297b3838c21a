import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../../agent/protocol/fault';
import { approver } from './approver/approver';
import { audit } from './audit/audit';
import { crash } from './crash/crash';
import { duplicate } from './duplicate/duplicate';
import { forged } from './forged/forged';
import { frames } from './frames/frames';
import { honest } from './honest/honest';
import { lostReply } from './lost-reply/lost-reply';
import { privileged } from './privileged/privileged';
import { race } from './race/race';
import { vouch } from './vouch/vouch';
import { secret } from './secret/secret';
import { soak } from './soak/soak';
import { storageWriter } from './storage-writer/storage-writer';
import { weather } from './weather/weather';
import { workstation } from './workstation/workstation';
import { type Effort, type Finding, type Proof } from './proof';
import { buildApp } from './rig/apps';

/** `npm run proofs`: measures the promises. One line a promise; exit 1 where one does not hold. */
const PROOFS: readonly Proof[] = [
  audit,
  storageWriter,
  crash,
  secret,
  forged,
  duplicate,
  workstation,
  frames,
  approver,
  privileged,
  race,
  vouch,
  lostReply,
  weather,
  honest,
  soak,
];
const SHOWN_VIOLATIONS = 5;
const HELP = `npm run proofs [-- OPTION…]: measures the promises, a line each; exit status 1 where one does not hold.
  --only NAME          one promise (may be given several times): ${PROOFS.map(({ id }) => id).join(', ')}
  --part 1/2           every other one; 2/2 the rest, to run side by side
  --quick              samples instead of all of it
  --seed N             the same chance again
  --prove-the-proofs   each with its guard taken out: it has to fail
  --json FILE          writes what was found as JSON`;

function tell({ id, figure, goal, holds, violations }: Finding, control: boolean): void {
  const verdict = control ? (holds ? 'NOT FOUND' : 'found, as it must be') : holds ? 'holds' : 'DOES NOT HOLD';
  console.log(`${id.padEnd(12)} ${figure}  (goal: ${goal})  ${verdict}`);
  for (const violation of violations.slice(0, SHOWN_VIOLATIONS)) console.log(`    ${violation}`);
  if (violations.length > SHOWN_VIOLATIONS) console.log(`    … and ${violations.length - SHOWN_VIOLATIONS} more`);
}

/** A proof runs with its guard taken out. One that has no control is not proved: it must not be passed over. */
async function controlOf({ id, withoutGuard }: Proof, effort: Effort): Promise<Finding> {
  if (withoutGuard) return withoutGuard(effort);
  const missing = { figure: 'has no control', goal: 'each proof shown to fail without its guard', holds: true };
  return { id, promise: 'shown to fail when its guard is taken out', ...missing, violations: [], facts: {} };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', multiple: true },
      part: { type: 'string' },
      'prove-the-proofs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const control = values['prove-the-proofs'];
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0) throw new Error('--seed takes a whole number, such as 4711.');
  const unknown = values.only?.filter((id) => !PROOFS.some((proof) => proof.id === id)) ?? [];
  if (unknown.length > 0)
    throw new Error(`There is no proof "${unknown[0]}". There are: ${PROOFS.map(({ id }) => id).join(', ')}.`);
  if (values.part !== undefined && !/^[12]\/2$/.test(values.part)) throw new Error('--part takes 1/2 or 2/2.');
  const parts = values.part ? [Number(values.part[0]) - 1] : [0, 1];
  const wanted = PROOFS.filter(({ id }, place) => (values.only?.includes(id) ?? true) && parts.includes(place % 2));

  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-proofs-'));
  try {
    const begun = Date.now();
    const progress = (text: string) =>
      console.error(
        `  ${Math.round((Date.now() - begun) / 1000)
          .toString()
          .padStart(4)} s  ${text}`,
      );
    console.log(`seed ${seed}${values.quick ? ', quick' : ''}`);
    progress('building the product');
    const effort = { quick: values.quick, seed, entry: await buildApp(folder), progress };
    const findings: (Finding & { seconds: number })[] = [];
    for (const proof of wanted) {
      const from = Date.now();
      const finding = control ? await controlOf(proof, effort) : await proof.run(effort);
      tell(finding, control);
      findings.push({ ...finding, seconds: Math.round((Date.now() - from) / 1000) });
    }
    // A control has to find something: there, what holds is what failed.
    const ok = findings.length > 0 && findings.every(({ holds }) => holds !== control);
    const proofs = findings.map((finding) => ({ ...finding, ...(control && { control }) }));
    if (values.json)
      writeFileSync(values.json, `${JSON.stringify({ ok, seed, quick: values.quick, proofs }, null, 2)}\n`);
    if (!ok) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Fault) console.error(JSON.stringify(error.facts));
  process.exitCode = 1;
});
