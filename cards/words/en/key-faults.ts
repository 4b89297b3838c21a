/** What a key said no to, or could not do. */
export const keyFaults = {
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
  'key-fingerprint-blocked': { say: 'The fingerprint failed too often.', todo: 'Use the PIN of the key.' },
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
  'key-pin-blocked': {
    say: 'The PIN was wrong too often and the key is locked.',
    todo: 'Write “locked” here: we look at the key with you and help you set it up anew.',
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
  'key-not-attested': {
    say: 'The key could not prove who made it.',
    todo: 'Use a key that your organisation handed out.',
  },
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
  'key-pin-must-change': {
    say: 'The key does nothing more until its PIN is changed.',
    todo: 'Start again and choose a new PIN when the agent offers it.',
  },
  'key-not-the-same': {
    say: 'Another key was plugged in than before. Nothing was erased.',
    todo: 'Start again with the right key.',
  },
  'key-not-expected': {
    say: 'The key that was plugged in is another one than the key we looked at. Nothing was erased.',
    todo: 'Start again with the other key plugged in.',
  },
  'key-holds-more': {
    say: 'The key holds another passkey of the account, and nobody has approved that it goes. Nothing was erased.',
    todo: 'Cancel this request and open a new one. We look at the key again there.',
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
};
