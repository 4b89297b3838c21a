import { workstationFaults } from './workstation-faults';

/** What failed on our side. `say`: what happened, `todo`: what now. */
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
    todo: 'Tell the helpdesk: an administrator must correct it.',
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
    say: 'Temporary Access Passes are not switched on for this account.',
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
  'graph-not-licensed': {
    say: 'Your organisation has no licence for this part of Microsoft Entra.',
    todo: 'Tell the helpdesk: an administrator adjusts the settings of Keyvouch.',
  },
  'graph-odd-id': { say: 'Microsoft Entra cannot know what was typed.', todo: 'Check it and try again.' },
  'privilege-unclear': {
    say: 'We could not check whether the account has administrator rights, so we stopped to be safe.',
    todo: 'Tell the helpdesk.',
  },
  'opening-under-way': {
    say: 'The same request is being opened at this very moment.',
    todo: 'Wait two minutes, then send it again.',
  },
  'storage-busy': { say: 'Too many things happened at the same moment.', todo: 'Try again.' },
  'storage-full-entity': { say: 'This request has grown too large.', todo: 'Close it and ask again.' },
  'storage-full-transaction': { say: 'This request has grown too large.', todo: 'Close it and ask again.' },
  'passkey-attestation-required': {
    say: 'Your organisation wants proof of who made a key, and did not accept the proof of this one.',
    todo: 'Use another model, or tell the helpdesk.',
  },
  'answer-slow': {
    say: 'This is taking longer than usual. What you pressed is being worked on.',
    todo: 'You need not press again. This card changes as soon as it is done.',
  },
  'personal-only': {
    say: 'Keyvouch answers in a chat with you alone.',
    todo: 'Open the chat with Keyvouch and write there.',
  },
  'no-attestation-roots': {
    say: 'Keyvouch has not been told which makers of keys are trusted.',
    todo: 'Tell the helpdesk: an administrator must name them in the setting KEYVOUCH\\_ATTESTATION\\_ROOTS.',
  },
  'short-id-taken': { say: 'No free number was found for this request, so nothing was sent.', todo: 'Send it again.' },
  ...workstationFaults,
};
