import { type KeyReport } from '../operations/inspect';
import { type Fault } from '../protocol/fault';
import { type Models } from '../protocol/messages';
import { modelRules } from '../service/model-rules';
import { attention, type CheckId, type Finding, notChecked, ok, stop, stopFor } from './finding';

/** A key that was looked at: what it says of itself, or why it could not be asked. */
export type Looked = { path: string; report: KeyReport } | { path: string; fault: Fault };

/**
 * All that stands in the way on one key; its PIN is not used, no try is spent and no touch is needed.
 * @param rules the models that the tenant lets in; undefined where the service did not say
 */
export function keyChecks(looked: Looked, rules: Models | undefined): Finding[] {
  const findings =
    'fault' in looked
      ? [stopFor('key', looked.fault)]
      : reportChecks(looked.report).concat(modelCheck(looked.report, rules));
  return findings.map((finding) => ({ ...finding, device: looked.path }));
}

/** Nothing to look at. @param hidden Whether the operating system would not show a key that is there (Windows) */
export function noKeyCheck(hidden: boolean): Finding {
  if (hidden) return notChecked('key', 'Keys are not checked: Windows hides them from programs without elevation.');
  return stop('key', 'No security key is plugged in, or this user may not see it.', 'Plug in your security key.');
}

function reportChecks(report: KeyReport): Finding[] {
  const { product, manufacturer } = report.device;
  const name = [manufacturer, product].filter((word) => word !== null).join(' ') || 'the security key';
  return [
    ok('key', `${name} answers (model ${report.aaguid}).`),
    pinCheck(report),
    capabilityCheck(report),
    roomCheck(report),
  ];
}

/** The first that holds counts; each leads to another mend. */
function pinCheck({ pin, fingerprint }: KeyReport): Finding {
  const found: readonly [boolean, () => Finding][] = [
    [
      !pin.supported && !fingerprint.supported,
      () => stop('pin', 'This key has neither a PIN nor a fingerprint reader.', 'Use another model of key.'),
    ],
    [!pin.supported, () => ok('pin', 'This key verifies by fingerprint and has no PIN.')],
    [
      !pin.set,
      () =>
        attention(
          'pin',
          'The key has no PIN yet.',
          'Registering the key sets one; or run "keyvouch-agent pin set" now.',
        ),
    ],
    [
      pin.blocked,
      () =>
        stop(
          'pin',
          'The PIN is locked for ever: it was typed wrong too often.',
          'Ask in the chat with Keyvouch for help with a locked PIN: only a reset, which erases the key, makes it usable.',
        ),
    ],
    [
      pin.replugNeeded,
      () =>
        stop(
          'pin',
          `The key takes no PIN until it was unplugged (${triesLeft(pin.retriesLeft)}).`,
          'Unplug the key and plug it in again, then type the PIN with care.',
        ),
    ],
    [
      pin.mustChange,
      () => stop('pin', 'The key wants another PIN before it does anything else.', 'Run: keyvouch-agent pin change'),
    ],
    [
      pin.retriesLeft !== null && pin.retriesLeft <= 2,
      () =>
        attention(
          'pin',
          `Only few tries are left before the PIN locks for ever (${triesLeft(pin.retriesLeft)}).`,
          'Type the PIN only when you are sure of it; a right one gives all tries back.',
        ),
    ],
    [
      pin.retriesLeft === null,
      () => notChecked('pin', 'The key has a PIN; how many tries are left is not checked: it does not tell.'),
    ],
  ];
  return found.find(([holds]) => holds)?.[1]() ?? ok('pin', `The key has a PIN (${triesLeft(pin.retriesLeft)}).`);
}

function triesLeft(retries: number | null): string {
  return retries === 1 ? '1 try left' : `${retries ?? 'an unknown number of'} tries left`;
}

/** COSE's number of ES256, which Entra asks for first and every FIDO2 key must have. */
const ES256 = -7;
const OLD: ReadonlySet<string> = new Set(['FIDO_2_0', 'FIDO_2_1_PRE', 'U2F_V2']);

/** What Entra needs of a key, and what an older firmware lacks. */
function capabilityCheck({ passkeys, algorithms, versions, extensions, firmware }: KeyReport): Finding {
  const of = firmware === null ? '' : ` (firmware ${firmware})`;
  if (!passkeys.supported) {
    return stop('capabilities', `This key cannot hold passkeys${of}, and Entra needs that.`, 'Use a newer key.');
  }
  if (algorithms.length > 0 && !algorithms.includes(ES256)) {
    return stop('capabilities', `This key lacks the algorithm ES256${of}, which Entra asks for.`, 'Use another key.');
  }
  if (!extensions.includes('hmac-secret')) {
    return attention(
      'capabilities',
      `This key lacks hmac-secret${of}: it can sign in to the web, but not to Windows.`,
      'Use a newer key if it is meant for signing in to Windows.',
    );
  }
  if (versions.every((version) => OLD.has(version)) && !passkeys.manageable) {
    return attention(
      'capabilities',
      `This key's firmware is from before CTAP 2.1${of}: its passkeys cannot be listed or deleted one by one.`,
      'It can be registered; to take one passkey off it, only a reset helps.',
    );
  }
  return ok('capabilities', `The key can do what Entra needs (${versions.join(', ')})${of}.`);
}

function roomCheck({ passkeys: { supported, roomLeft } }: KeyReport): Finding {
  if (roomLeft === 0) {
    return stop(
      'room',
      "The key's memory for passkeys is full.",
      'Delete one that you no longer need: keyvouch-agent passkeys list, then keyvouch-agent passkeys delete.',
    );
  }
  if (roomLeft !== null) return ok('room', `There is room for ${roomLeft} more passkeys.`);
  return notChecked(
    'room',
    supported ? 'The room for passkeys is not checked: the key does not tell.' : 'No passkeys.',
  );
}

function modelCheck({ aaguid }: KeyReport, rules: Models | undefined): Finding {
  const check: CheckId = 'model';
  if (!rules) {
    return notChecked(
      check,
      'Whether your organisation allows this model is not checked: the service says it to a paired workstation, and to a shared desk with each job.',
    );
  }
  const fault = modelRules(rules)(aaguid);
  return fault ? stopFor(check, fault) : ok(check, 'Your organisation allows this model.');
}
