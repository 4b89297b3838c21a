/** What failed at the workstation or with the key there. */
export const workstationFaults = {
  'job-lapsed': {
    say: 'Nothing came back from the workstation in time.',
    todo: 'Check that the Keyvouch agent runs there, then start again.',
  },
  'job-refused': { say: 'Somebody said no at the workstation.', todo: 'If that was a mistake, start again.' },
  'job-signature-bad': {
    say: 'The workstation refused the order because its signature was wrong.',
    todo: 'Please tell the security team.',
  },
  'workstation-signature-bad': {
    say: 'A message of the workstation was not signed properly, so we refused it.',
    todo: 'Pair the workstation again. If it goes on, tell the security team.',
  },
  'pairing-code-wrong': {
    say: 'That was not a pairing code we know.',
    todo: 'Ask for a new code and type it at once.',
  },
  'pairing-code-expired': { say: 'The pairing code is no longer valid.', todo: 'Ask for a new one.' },
  'hid-not-available': {
    say: 'The workstation cannot reach security keys.',
    todo: 'Tell the helpdesk: the agent must be mended there.',
  },
  'key-access-denied': {
    say: 'The workstation may not talk to the key.',
    todo: 'Close other programs that use it. If it goes on, tell the helpdesk.',
  },
  'key-algorithm-unsupported': { say: 'This key knows none of the methods that are needed.', todo: 'Use another key.' },
  'key-already-registered': {
    say: 'This key is already set up for the account.',
    todo: 'Use another key, or sign in with this one.',
  },
  'key-busy': {
    say: 'Another program is using the key.',
    todo: 'Close it, unplug the key, plug it in and start again.',
  },
  'key-cancelled': { say: 'It was cancelled at the workstation.', todo: 'Start again when you are ready.' },
  'key-denied': { say: 'The key refused.', todo: 'Start again and touch the key when it blinks.' },
  'key-failed': { say: 'The key reported a failure.', todo: 'Unplug it, plug it in and start again.' },
  'key-fingerprint-blocked': { say: 'The fingerprint was not recognised too often.', todo: 'Use the PIN of the key.' },
  'key-fingerprint-wrong': {
    say: 'The fingerprint was not recognised.',
    todo: 'Try again, or use the PIN of the key.',
  },
  'key-full': { say: 'The key has no room left.', todo: 'Use another key, or delete old passkeys on it.' },
  'key-gone': { say: 'The key was unplugged.', todo: 'Plug it in and start again.' },
  'key-malformed': {
    say: 'The key gave an answer that makes no sense.',
    todo: 'Use another key and tell the helpdesk.',
  },
  'key-no-passkey': { say: 'There is no passkey for this on the key.', todo: 'Check that it is the right key.' },
  'key-no-touch': { say: 'The key was not touched in time.', todo: 'Start again and touch the key when it blinks.' },
  'key-not-allowed': { say: 'The key does not allow this.', todo: 'Unplug it, plug it in and start again.' },
  'key-option-missing': { say: 'This model of key cannot do what is needed.', todo: 'Use another model.' },
  'key-u2f-only': {
    say: 'This is an old kind of key (U2F only), which cannot hold a passkey.',
    todo: 'Use a key with FIDO2.',
  },
  'registration-bad': {
    say: 'What the key made does not verify, so it was refused.',
    todo: 'Start again. If it goes on, use another key and tell the helpdesk.',
  },
  'key-pin-blocked': {
    say: 'The PIN was wrong too often and the key is locked.',
    todo: 'Call the helpdesk: the key must be reset.',
  },
  'key-pin-needed': { say: 'The key needs its PIN.', todo: 'Start again and type the PIN at the workstation.' },
  'key-pin-not-set': { say: 'The key has no PIN yet.', todo: 'Start again. The agent helps you to choose one.' },
  'key-pin-policy': { say: 'The PIN is too short or not accepted by the key.', todo: 'Start again with a longer PIN.' },
  'key-pin-replug': {
    say: 'The PIN was wrong several times and the key waits.',
    todo: 'Unplug it, plug it in and start again.',
  },
  'key-pin-wrong': { say: 'The PIN was wrong.', todo: 'Take care with the next try: the key locks after a few.' },
  'key-refused': { say: 'The key refused.', todo: 'Unplug it, plug it in and start again.' },
  'key-silent': { say: 'The key does not answer.', todo: 'Unplug it, plug it in and start again.' },
  'key-too-slow': { say: 'The key took too long.', todo: 'Unplug it, plug it in and start again.' },
  'workstation-not-paired': { say: 'This workstation is not paired, or was removed.', todo: 'Pair it first.' },
  'clock-off': { say: 'The clock of the workstation is wrong.', todo: 'Set the clock, then start again.' },
  'pairing-code-busy': { say: 'No pairing code could be made just now.', todo: 'Try again in a minute.' },
  'key-not-attested': {
    say: 'The key could not prove its make.',
    todo: 'Use a key that your organisation handed out.',
  },
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
  'key-not-found': { say: 'No key was plugged in.', todo: 'Plug it in and start again.' },
  'key-model-not-allowed': {
    say: 'Your organisation does not accept this model of key. Nothing was written to it.',
    todo: 'Use another model, or ask an administrator to allow this one.',
  },
  'key-cannot-list': {
    say: 'This model of key cannot list its passkeys.',
    todo: 'Use another model if you need that.',
  },
  'key-cannot-delete': {
    say: 'This model of key cannot delete a single passkey.',
    todo: 'Use another model if you need that.',
  },
  'key-pin-last-try': {
    say: 'Only one try of the PIN was left, and it was not used.',
    todo: 'Think of the right PIN first, or call the helpdesk.',
  },
  'key-pin-unsupported': { say: 'This key has neither a PIN nor a fingerprint reader.', todo: 'Use another model.' },
  'key-pin-already-set': { say: 'The key has a PIN already.', todo: 'Start again with that PIN.' },
  'key-no-verification': { say: 'This key cannot check that it is you.', todo: 'Use another model.' },
  'key-request-too-large': { say: 'That is more than the key can take.', todo: 'Use another key.' },
  'key-request-rejected': { say: 'The key did not accept this.', todo: 'Unplug it, plug it in and start again.' },
  'key-out-of-step': {
    say: 'The key lost track of what it was doing.',
    todo: 'Unplug it, plug it in and start again.',
  },
  'key-limit-exceeded': { say: 'That is more than the key can hold.', todo: 'Use another key.' },
  'key-fingerprints-full': {
    say: 'The key has no room for another fingerprint.',
    todo: 'Use its PIN, or delete a fingerprint.',
  },
  'key-large-blobs-full': { say: 'The storage of the key is full.', todo: 'Use another key.' },
  'key-pin-token-refused': { say: 'The key no longer accepts the PIN of a moment ago.', todo: 'Start again.' },
  'key-permission-missing': { say: 'The PIN was not given for this.', todo: 'Start again.' },
  'job-declined': {
    say: 'Somebody said no at the workstation, so nothing was written to the key.',
    todo: 'If that was a mistake, start again.',
  },
  'key-pin-must-change': {
    say: 'The key does nothing more until its PIN is changed.',
    todo: 'Start again and choose a new PIN when the agent offers it.',
  },
  'key-not-the-same': {
    say: 'Another key was plugged in than before. Nothing was erased.',
    todo: 'Start again with the right key.',
  },
  'key-no-fingerprint': { say: 'This key has no fingerprint reader.', todo: 'Use a key that has one.' },
  'key-fingerprint-unclear': {
    say: 'The key could not read the finger well enough.',
    todo: 'Start again with a clean, dry finger.',
  },
  'key-platform-failed': {
    say: 'Windows could not make the passkey.',
    todo: 'Start again. If it goes on, tell the helpdesk.',
  },
  'key-platform-missing': {
    say: 'This Windows has no way to make a passkey.',
    todo: 'Update Windows, or use another workstation.',
  },
  'key-platform-refused': {
    say: 'Windows did not accept the request for a passkey.',
    todo: 'Update Windows and start again. If it goes on, tell the helpdesk.',
  },
  'key-setting-failed': {
    say: 'The key took the setting but does not show it.',
    todo: 'Start again. If it goes on, use another key.',
  },
  'key-setting-fixed': { say: 'The maker of this key has fixed this setting.', todo: 'Use another key.' },
  'key-setting-missing': { say: 'This model of key does not know the setting.', todo: 'Use another key.' },
  'key-store-unavailable': {
    say: 'The workstation could not reach its own key.',
    todo: 'Sign in there again, then start the agent again.',
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
