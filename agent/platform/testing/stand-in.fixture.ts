import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { type Native } from '../koffi';

/** What the stand-in for webauthn.dll is to answer. */
export interface StandInAnswer {
  /** An HRESULT; default S_OK. */
  hresult?: number;
  /** Version of the attestation; 0 answers S_OK with none. Default 8. */
  version?: number;
  /** WEBAUTHN_CTAP_TRANSPORT_* bits. Default USB. */
  transport?: number;
  /** Milliseconds before it answers, in which it can be cancelled. Default 0. */
  delayMs?: number;
}

/** The compiled stand-in for webauthn.dll. */
export interface StandIn {
  path: string;
  setApiVersion(version: number): void;
  answer(answer: StandInAnswer): void;
  setObject(attestationObject: Uint8Array): void;
  setClientData(json: Uint8Array): void;
  /** What the last call was made with, as it found it in memory. */
  seen(): unknown;
  /** Attestations given and not freed. */
  outstanding(): number;
  /** Size and offsets of each structure, as the C compiler lays it out. */
  layout(): Record<string, Record<string, number>>;
  remove(): void;
}

/** Whether there is a C compiler; without one, what needs the stand-in cannot be tested (CI has gcc). */
export function hasCompiler(): boolean {
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Compiles the stand-in into a directory of its own and loads it. */
export function compileStandIn(): StandIn {
  const directory = mkdtempSync(join(tmpdir(), 'keyvouch-webauthn-'));
  const path = join(directory, 'webauthn-stand-in.so');
  const source = join(__dirname, 'webauthn-stand-in.c');
  const flags = ['-std=c11', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-pthread'];
  execFileSync('gcc', [...flags, '-o', path, source]);
  const library = koffi.load(path);
  const native = (prototype: string) => library.func(prototype) as Native;
  const seen = native('str StandInSeen()');
  const layout = native('str StandInLayout()');
  const outstanding = native('int StandInOutstanding()');
  const setApiVersion = native('void StandInSetApiVersion(uint32_t version)');
  const setAnswer = native('void StandInSetAnswer(int32_t hresult, uint32_t version, uint32_t transport, uint32_t ms)');
  const setObject = native('void StandInSetObject(const uint8_t *bytes, uint32_t length)');
  const setClientData = native('void StandInSetClientData(const uint8_t *bytes, uint32_t length)');
  return {
    path,
    setApiVersion: (version) => void setApiVersion(version),
    answer: ({ hresult = 0, version = 8, transport = 1, delayMs = 0 }) =>
      void setAnswer(hresult | 0, version, transport, delayMs),
    setObject: (bytes) => void setObject(bytes, bytes.length),
    setClientData: (bytes) => void setClientData(bytes, bytes.length),
    seen: () => JSON.parse(String(seen())) as unknown,
    outstanding: () => Number(outstanding()),
    layout: () => JSON.parse(String(layout())) as Record<string, Record<string, number>>,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
