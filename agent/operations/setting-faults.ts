import { Fault } from '../protocol/fault';

/** @param what the setting, in plain words */
export function settingMissing(what: string): Fault {
  return new Fault({
    code: 'key-setting-missing',
    say: `This model of security key does not know the setting: ${what}.`,
    todo: 'Use another model, or do without it.',
  });
}

/** There, but not to be changed. */
export function settingFixed(cause?: unknown): Fault {
  return new Fault({
    code: 'key-setting-fixed',
    say: 'The maker of this security key has fixed this setting: nobody can change it.',
    todo: 'Use another model, or do without it.',
    cause,
  });
}

/** Changed without an error, and yet not so when read again. */
export function settingNotKept(): Fault {
  return new Fault({
    code: 'key-setting-failed',
    say: 'The security key took the new setting but does not show it.',
    todo: 'Unplug the key, plug it in again and look at its settings.',
    retry: true,
  });
}
