import { keyFaults } from './key-faults';

/** What failed at the workstation, or with the key there. */
export const workstationFaults = {
  ...keyFaults,
  'job-lapsed': {
    say: 'Nothing came back from the workstation in time.',
    todo: 'Check that the Keyvouch agent runs there, then start again.',
  },
  'pairing-code-wrong': {
    say: 'That was not a pairing code we know.',
    todo: 'Ask for a new code and type it at once.',
  },
  'hid-not-available': {
    say: 'The workstation cannot reach security keys.',
    todo: 'Tell the helpdesk: the agent must be mended there.',
  },
  'registration-bad': {
    say: 'What the key made does not verify, so it was refused.',
    todo: 'Start again. If it goes on, use another key and tell the helpdesk.',
  },
  'workstation-not-paired': { say: 'This workstation is not paired, or was removed.', todo: 'Pair it first.' },
  'clock-off': { say: 'The clock of the workstation is wrong.', todo: 'Set the clock, then start again.' },
  'pairing-code-busy': { say: 'No pairing code could be made just now.', todo: 'Try again in a minute.' },
  'job-not-trusted': {
    say: 'The workstation refused the order because it could not be sure that it came from Keyvouch.',
    todo: 'Please tell the security team.',
  },
  'job-expired': { say: 'The order for the workstation is over.', todo: 'Start again.' },
  'job-seen': { say: 'The workstation has carried out this order already, and none runs twice.', todo: 'Start again.' },
  'job-unsettled': {
    say: 'Microsoft Entra has not said yet whether it takes the key.',
    todo: 'Wait a few minutes and refresh.',
  },
  'remote-session': {
    say: 'This is a remote session, and a key there would not be in your hand.',
    todo: 'Sit down at the workstation itself.',
  },
  'agent-stopped': { say: 'The agent at the workstation was closed.', todo: 'Start it again, then start again here.' },
  'pairing-not-confirmed': {
    say: 'Nobody has confirmed the workstation in the chat yet.',
    todo: 'Confirm it here, then go on there.',
  },
  'pairing-declined': {
    say: 'The workstation was refused in the chat and is not paired.',
    todo: 'If that was a mistake, pair it again.',
  },
  'service-unreachable': {
    say: 'The workstation does not reach Keyvouch.',
    todo: 'Check its network, then start again.',
  },
  'service-tls': { say: 'The workstation does not trust the certificate of Keyvouch.', todo: 'Tell the helpdesk.' },
  'service-reply-odd': {
    say: 'The workstation got an answer it does not understand.',
    todo: 'Start again. If it goes on, tell the helpdesk.',
  },
  'options-wrong-rp': {
    say: 'The workstation was asked for a passkey of another site and refused.',
    todo: 'Please tell the security team.',
  },
  'pin-not-chosen': { say: 'No PIN was chosen for the key.', todo: 'Start again and choose one at the workstation.' },
  'job-declined': {
    say: 'Somebody said no at the workstation, so nothing was written to the key.',
    todo: 'If that was a mistake, start again.',
  },
  'reset-declined': {
    say: 'Somebody said no at the workstation, so nothing was erased.',
    todo: 'If that was a mistake, start again.',
  },
  'reset-not-done': {
    say: 'The key was not erased.',
    todo: 'Start again, and touch the key right after plugging it in.',
  },
  'reset-not-over-usb': { say: 'This key cannot be erased over USB.', todo: 'Ask the helpdesk for another key.' },
  'reset-too-late': {
    say: 'The key was touched too late and was not erased.',
    todo: 'Start again, and touch it within five seconds after plugging it in.',
  },
  'result-odd': {
    say: 'The workstation sent an answer that does not fit the order.',
    todo: 'Start again. If it goes on, tell the security team.',
  },
};
