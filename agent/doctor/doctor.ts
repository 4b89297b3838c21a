import { type Device } from '../hid/devices';
import { inspect } from '../operations/inspect';
import { openKey } from '../operations/key';
import { Fault } from '../protocol/fault';
import { type Models } from '../protocol/messages';
import { type Connection } from '../service/connection';
import { errorCode } from '../service/error-code';
import { type PairingFile } from '../service/pairing-file';
import { askService } from './ask-service';
import { clockCheck } from './clock';
import { dataCheck } from './data-access';
import { elevationCheck, reachOf } from './elevation';
import { type Finding, notChecked, ok, stopFor } from './finding';
import { hidAccessCheck } from './hid-access';
import { type Hidraw } from './hidraw';
import { inputAccessCheck } from './input-access';
import { keyChecks, type Looked, noKeyCheck } from './key-checks';
import { keyStoreCheck } from './key-store-check';
import { type Machine } from './machine';
import { otherProgramCheck } from './other-program';
import { proxyCheck, routeTo } from './proxy';
import { pairingCheck, serviceCheck } from './service-checks';
import { sessionCheck } from './session';

export interface DoctorOptions {
  /** Address of the service where the person gave one; else that of the pairing, or the one spoken with last. */
  service?: string | undefined;
  allowRemote?: boolean;
  open: (service: string) => Connection;
}

/**
 * Looks at everything that a registration needs, one thing after the other, and says what stands in the way. It changes
 * nothing, asks nobody, spends no PIN try and needs no touch.
 */
export async function examine(machine: Machine, options: DoctorOptions): Promise<Finding[]> {
  const session = sessionCheck(machine.env, options.allowRemote === true);
  const data = await dataSide(machine);
  const { findings, models } = await serviceSide(machine, options);
  return [session, data, ...findings, ...(await keySide(machine, models))];
}

async function dataSide({ directory, user, dataEntries }: Machine): Promise<Finding> {
  try {
    return dataCheck(directory, await dataEntries(), user);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return notChecked(
      'data-directory',
      `Who may read ${directory} is not checked: it cannot be looked into (${code}).`,
    );
  }
}

async function serviceSide(
  machine: Machine,
  options: DoctorOptions,
): Promise<{ findings: Finding[]; models: Models | undefined }> {
  const findings: Finding[] = [];
  const { pairing, service }: PairingFile = await machine.pairings.read().catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    findings.push(stopFor('pairing', error));
    return {};
  });
  const keyStore = await keyStoreCheck(machine.keys, pairing?.thumbprint);
  const key = pairing && keyStore.state === 'ok' ? await machine.keys.load(pairing.thumbprint) : undefined;
  const url = options.service ?? pairing?.service ?? service;
  const route = url === undefined ? undefined : routeTo(url, machine.env);
  const connection = url === undefined ? undefined : options.open(url);
  try {
    const paired = pairing && key && { pairing, key };
    const answer = connection && url && route ? await askService(connection, url, route, paired) : undefined;
    if (findings.length === 0) findings.push(pairingCheck(pairing, answer));
    findings.push(keyStore, proxyCheck(route), serviceCheck(url, route, answer));
    findings.push(clockCheck(answer?.date, machine.now()));
    return { findings, models: answer?.models };
  } finally {
    await connection?.close();
  }
}

async function keySide(machine: Machine, models: Models | undefined): Promise<Finding[]> {
  const hidraws = machine.platform === 'linux' ? await machine.hidraws() : [];
  const others = await otherPrograms(machine, hidraws);
  const brokered = machine.brokered();
  const reach = machine.platform === 'win32' ? reachOf(await machine.groups()) : undefined;
  const findings: Finding[] = [];
  if (machine.platform === 'linux') findings.push(...hidAccessCheck(hidraws, await machine.udevRules(), brokered));
  if (reach) findings.push(elevationCheck(reach, brokered));
  findings.push(...others);
  const devices = await machine.devices().catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    findings.push(stopFor('hid-library', error));
    return undefined;
  });
  if (!devices) return findings;
  findings.push(ok('hid-library', 'Security keys can be listed on this computer.'));
  // What is locked stays untouched: whoever holds it may be in the middle of something.
  const free = devices.filter(({ path }) => !others.some(({ state, device }) => state === 'stop' && device === path));
  const looked = await Promise.all(free.map(look));
  if (machine.platform === 'darwin') findings.push(inputAccessCheck(looked.map(howOpened)));
  if (devices.length === 0 && hidraws.length === 0) {
    findings.push(noKeyCheck(reach !== undefined && reach !== 'elevated' && !brokered));
  }
  return [...findings, ...looked.flatMap((each) => keyChecks(each, models))];
}

function otherPrograms(machine: Machine, hidraws: readonly Hidraw[]): Promise<Finding[]> {
  return Promise.all(
    hidraws.map(async (hidraw) => {
      const { lockedBy, openIn } = await machine.holders(hidraw);
      return otherProgramCheck(hidraw, lockedBy, openIn);
    }),
  );
}

async function look(device: Device): Promise<Looked> {
  const { path } = device;
  try {
    const key = await openKey(device);
    try {
      return { path, report: await inspect(key) };
    } finally {
      await key.close();
    }
  } catch (error) {
    if (error instanceof Fault) return { path, fault: error };
    throw error;
  }
}

function howOpened(looked: Looked): 'opened' | 'denied' | 'other' {
  if ('report' in looked) return 'opened';
  return looked.fault.code === 'key-access-denied' ? 'denied' : 'other';
}
