import type { KeyProfile } from '../key/index';
import { freshScene, type Scene } from './scene';
import type { Deed } from './step';
import { steps } from './steps';
import { type KeyTool, type Plug, UnknownHere } from './tool';
import type { Verdict } from './verdict';
import { type Verifier, verified } from './verify';

/** One key, the tools that can work at it, and who looks at what it signed. */
export interface Sitting {
  readonly profile: KeyProfile;
  readonly attestationRootPem: string;
  /** The first stands in for those that cannot do a step on which others rest. */
  readonly tools: readonly KeyTool[];
  readonly verifiers: readonly Verifier[];
  readonly plug: Plug;
  readonly tell: (verdict: Verdict) => void;
}

/**
 * Everything that one tool can do to a fresh key, with every tool looking at what became of it: what one writes, the
 * others read. Ends with a reset, and leaves the key as from the factory.
 */
export async function crosswise(writer: KeyTool, sitting: Sitting): Promise<void> {
  const { profile, tools, plug } = sitting;
  const scene = freshScene(profile.alwaysUv === 'on');
  const by = (reader: string) => (reader === writer.name ? reader : `${writer.name} > ${reader}`);
  for (const step of steps) {
    if (step.has?.(profile) === false) continue;
    const done = await row(sitting, writer.name, step.operation, step.write(writer, scene, plug));
    if (!done && !(await standIn(tools, (tool) => step.write(tool, scene, plug)))) continue;
    for (const { operation, look } of step.looks) {
      for (const tool of tools) await row(sitting, by(tool.name), operation, look(tool, scene));
    }
    if (step.operation === 'register' && done) await judgeSignatures(writer, scene, sitting, by);
  }
}

/** What the writer registered verifies, and so does what every tool then signs with it. */
async function judgeSignatures(
  writer: KeyTool,
  scene: Scene,
  sitting: Sitting,
  by: (reader: string) => string,
): Promise<void> {
  const { made, passkey } = scene;
  if (made === undefined) return;
  for (const verifier of sitting.verifiers) {
    const holds = () => verifier.registration(passkey.rpId, made);
    await row(sitting, `${writer.name} > ${verifier.name}`, 'the registration verifies', holds);
  }
  const known = await verified(passkey.rpId, made, sitting.attestationRootPem).catch(() => undefined);
  if (known === undefined) return;
  for (const { name, assert } of sitting.tools) {
    const signed: { assertion?: Awaited<ReturnType<NonNullable<typeof assert>>> } = {};
    const deed = assert && (async () => void (signed.assertion = await assert(scene.pin, passkey)));
    await row(sitting, by(name), 'assert', deed);
    const { assertion } = signed;
    if (assertion === undefined) continue;
    for (const verifier of sitting.verifiers) {
      const holds = () => verifier.assertion(known, assertion);
      await row(sitting, `${name} > ${verifier.name}`, 'the assertion verifies', holds);
    }
  }
}

/** Runs a check and tells how it ended; gives whether it passed. */
async function row({ tell, profile }: Sitting, judge: string, operation: string, deed: Deed): Promise<boolean> {
  const verdict = { judge, operation, profile: profile.name };
  if (deed === undefined) {
    tell({ ...verdict, outcome: 'unknown' });
    return false;
  }
  try {
    await deed();
    tell({ ...verdict, outcome: 'PASS' });
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    tell({ ...verdict, outcome: error instanceof UnknownHere ? 'unknown' : 'FAIL', why });
    return false;
  }
}

/** Has the step done by whoever can, so that what rests on it can go on. */
async function standIn(tools: readonly KeyTool[], write: (tool: KeyTool) => Deed): Promise<boolean> {
  for (const tool of tools) {
    const done = await write(tool)?.().then(
      () => true,
      () => false,
    );
    if (done === true) return true;
  }
  return false;
}
