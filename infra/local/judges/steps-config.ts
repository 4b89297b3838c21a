import type { KeyProfile } from '../key/index';
import { expectEqual, type Look, type Step } from './step';
import type { ToolInfo } from './tool';

const has = ({ authenticatorConfig }: KeyProfile): boolean => authenticatorConfig;
/** Longer than the minimum of any model, shorter than the PINs of the sitting. */
const MINIMUM = 7;

/** A tool that does not show it is asked nothing. */
function shows(what: string, pick: (info: ToolInfo) => unknown, wanted: (alwaysUv: boolean) => unknown): Look {
  return {
    operation: `info says: ${what}`,
    look:
      ({ info }, { alwaysUv }) =>
      async () => {
        const found = pick(await info());
        if (found !== undefined) expectEqual(found, wanted(alwaysUv), what);
      },
  };
}

const alwaysUv: Step = {
  operation: 'turn alwaysUv over',
  has,
  write: ({ alwaysUv: turn }, scene) =>
    turn &&
    (async () => {
      await turn(scene.pin, !scene.alwaysUv);
      scene.alwaysUv = !scene.alwaysUv;
    }),
  looks: [
    shows(
      'alwaysUv',
      ({ options }) => options?.['alwaysUv'],
      (on) => on,
    ),
  ],
};

export const configSteps: readonly Step[] = [
  alwaysUv,
  { ...alwaysUv, operation: 'turn alwaysUv back' },
  {
    operation: 'set minimum PIN length',
    has,
    write: ({ minPinLength }, { pin }) => minPinLength && (() => minPinLength(pin, MINIMUM)),
    looks: [
      shows(
        'minimum PIN length',
        ({ minPinLength }) => minPinLength,
        () => MINIMUM,
      ),
    ],
  },
  {
    operation: 'set sites that may read it',
    has,
    write: ({ minPinLengthSites }, { pin }) => minPinLengthSites && (() => minPinLengthSites(pin, ['keyvouch.test'])),
    looks: [],
  },
  {
    operation: 'enable enterprise attestation',
    has: (profile) => has(profile) && profile.enterpriseAttestation !== undefined,
    write: ({ enterpriseAttestation }, { pin }) => enterpriseAttestation && (() => enterpriseAttestation(pin)),
    looks: [
      shows(
        'ep',
        ({ options }) => options?.['ep'],
        () => true,
      ),
    ],
  },
  {
    operation: 'force a PIN change',
    has,
    write: ({ forcePinChange }, { pin }) => forcePinChange && (() => forcePinChange(pin)),
    looks: [],
  },
];
