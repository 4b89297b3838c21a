/** What failed, on our side or at the workstation. `say`: what happened, `todo`: what now. */
export const faults = {
  'graph-no-token': {
    say: 'We could not sign in to Microsoft Entra.',
    todo: 'Try again in a few minutes. If it goes on, tell the helpdesk.',
  },
  'graph-timeout': { say: 'Microsoft Entra did not answer in time.', todo: 'Try again in a minute.' },
  'graph-unreachable': { say: 'Microsoft Entra cannot be reached just now.', todo: 'Try again in a few minutes.' },
  'graph-throttled': {
    say: 'Microsoft Entra is busy and asks for a pause.',
    todo: 'Wait a minute. We go on by ourselves where we can.',
  },
  'graph-denied': {
    say: 'Microsoft Entra does not let Keyvouch do this.',
    todo: 'Tell the helpdesk: an administrator checks the permissions of Keyvouch.',
  },
  'graph-refused': { say: 'Microsoft Entra refused this.', todo: 'Tell the helpdesk.' },
  'graph-not-found': { say: 'Microsoft Entra no longer has what we asked for.', todo: 'Refresh and look again.' },
  'graph-not-supported': { say: 'Microsoft Entra does not support this for this account.', todo: 'Tell the helpdesk.' },
  'graph-odd-reply': {
    say: 'Microsoft Entra gave an answer we do not understand.',
    todo: 'Try again. If it goes on, tell the helpdesk.',
  },
  'graph-wrong-origin': {
    say: 'A link led away from Microsoft Entra, so we did not follow it.',
    todo: 'Tell the helpdesk.',
  },
  'storage-unreachable': {
    say: 'Our records cannot be reached just now, so nothing was done.',
    todo: 'Try again in a minute.',
  },
  'storage-tampered': {
    say: 'A record was changed from outside, so we stopped.',
    todo: 'Please tell the security team.',
  },
  'storage-refused': { say: 'Our records did not take this, so nothing was done.', todo: 'Tell the helpdesk.' },
  'storage-odd-row': { say: 'A record cannot be read.', todo: 'Tell the helpdesk.' },
  'signature-bad': {
    say: 'A record is not signed by Keyvouch, so we did nothing with it.',
    todo: 'Please tell the security team.',
  },
  'keys-unreachable': {
    say: 'Keyvouch cannot reach its signing keys, so nothing was done.',
    todo: 'Try again in a minute.',
  },
  'teams-unreachable': { say: 'Teams cannot be reached just now.', todo: 'Try again in a few minutes.' },
  'settings-wrong': {
    say: 'A setting of Keyvouch is wrong.',
    todo: 'Tell the helpdesk: an administrator must mend it.',
  },
  'passkey-policy-off': {
    say: 'Security keys are not switched on for this account.',
    todo: 'An administrator switches on “Passkey (FIDO2)” for it. A change takes some minutes.',
  },
  'self-service-off': {
    say: 'Setting up keys oneself is switched off in your organisation.',
    todo: 'An administrator switches on “Allow self-service set up” for passkeys.',
  },
  'passkey-guest': {
    say: 'A guest cannot set up a key here.',
    todo: 'Guests get their keys from their own organisation.',
  },
  'passkey-model-not-allowed': {
    say: 'Your organisation does not accept this model of key.',
    todo: 'Use another model, or ask an administrator to allow this one.',
  },
  'pass-policy-off': {
    say: 'Temporary passes are not switched on for this account.',
    todo: 'A key can still be set up at a workstation.',
  },
  'pass-guest': {
    say: 'A guest cannot get a pass here.',
    todo: 'Guests get their passes from their own organisation.',
  },
  'pass-lifetime': {
    say: 'Your organisation allows passes of another length only.',
    todo: 'Tell the helpdesk: an administrator adjusts the settings of Keyvouch.',
  },
  'pass-once-only': {
    say: 'Your organisation allows only passes for one single use.',
    todo: 'Tell the helpdesk: an administrator adjusts the settings of Keyvouch.',
  },
  'passkey-already-registered': { say: 'This key is already set up for the account.', todo: 'Try to sign in with it.' },
  'passkey-challenge-expired': {
    say: 'Setting up took longer than the five minutes that are allowed.',
    todo: 'Start again.',
  },
  'passkey-refused': {
    say: 'Microsoft Entra did not accept the key.',
    todo: 'Start again. If it goes on, tell the helpdesk.',
  },
  'passkey-not-listed': {
    say: 'The new key does not show up in Microsoft Entra yet.',
    todo: 'We look again for a while. If it does not come, start again.',
  },
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
  'workstation-remote': {
    say: 'This is a remote session, and a key there would not be in your hand.',
    todo: 'Sit down at the workstation itself.',
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
  'key-missing': { say: 'No key was found.', todo: 'Plug it in and start again.' },
  'key-no-passkey': { say: 'There is no passkey for this on the key.', todo: 'Check that it is the right key.' },
  'key-no-touch': { say: 'The key was not touched in time.', todo: 'Start again and touch the key when it blinks.' },
  'key-not-allowed': { say: 'The key does not allow this.', todo: 'Unplug it, plug it in and start again.' },
  'key-option-missing': { say: 'This model of key cannot do what is needed.', todo: 'Use another model.' },
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
  'graph-not-licensed': {
    say: 'Your organisation has no licence for this part of Microsoft Entra.',
    todo: 'Tell the helpdesk: an administrator adjusts the settings of Keyvouch.',
  },
  'graph-odd-id': { say: 'Microsoft Entra cannot know what was typed.', todo: 'Check it and try again.' },
  'privilege-unclear': {
    say: 'We could not check whether the account has administrator rights, so we stopped to be safe.',
    todo: 'Tell the helpdesk.',
  },
  'storage-busy': { say: 'Too many things happened at the same moment.', todo: 'Try again.' },
  'storage-full-entity': { say: 'This request has grown too large.', todo: 'Close it and ask again.' },
  'storage-full-transaction': { say: 'This request has grown too large.', todo: 'Close it and ask again.' },
  'workstation-not-paired': { say: 'This workstation is not paired, or was removed.', todo: 'Pair it first.' },
  'clock-off': { say: 'The clock of the workstation is wrong.', todo: 'Set the clock, then start again.' },
  'pairing-code-busy': { say: 'No pairing code could be made just now.', todo: 'Try again in a minute.' },
  'passkey-attestation-required': {
    say: 'Your organisation wants proof of a key’s make, and did not accept the proof of this one.',
    todo: 'Use another model, or tell the helpdesk.',
  },
  'key-not-attested': {
    say: 'The key could not prove its make.',
    todo: 'Use a key that your organisation handed out.',
  },
};
