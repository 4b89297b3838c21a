/**
 * What is checked about a person and the organisation before a request is made. `say`: how it stands, `todo`: what to do,
 * and who can; empty where nothing is to do.
 */
export const readiness = {
  'account-enabled': { say: 'The account is switched on.', todo: '' },
  'account-disabled': {
    say: 'The account is switched off.',
    todo: 'The helpdesk can tell why, and switch it on first.',
  },
  'not-guest': { say: 'It is an account of this organisation.', todo: '' },
  guest: {
    say: 'This is a guest. Guests cannot set up a key here.',
    todo: 'Guests get their keys from their own organisation.',
  },
  'not-emergency': { say: 'It is not an emergency account.', todo: '' },
  'emergency-account': {
    say: 'This is an emergency account and is not handled here.',
    todo: 'Please turn to the security team.',
  },
  'emergency-not-checked': { say: 'Whether it is an emergency account', todo: '' },
  'not-privileged': { say: 'The account has no administrator rights.', todo: '' },
  privileged: {
    say: 'The account has administrator rights. Keyvouch gives no keys to such accounts in this way.',
    todo: 'Please turn to the helpdesk. There is a stricter way for administrators.',
  },
  'privileged-not-checked': { say: 'Whether the account has administrator rights', todo: '' },
  'passkey-method-on': { say: 'Security keys are allowed for this account.', todo: '' },
  'passkey-method-off': {
    say: 'Security keys are switched off in your organisation.',
    todo: 'An administrator switches on “Passkey (FIDO2)” in Microsoft Entra.',
  },
  'passkey-method-excluded': {
    say: 'The account is in a group that may not use security keys.',
    todo: 'An administrator takes it out of that group.',
  },
  'passkey-method-not-in-scope': {
    say: 'Security keys are not switched on for this account.',
    todo: 'An administrator adds it to a group that may use “Passkey (FIDO2)”.',
  },
  'passkey-method-not-checked': { say: 'Whether security keys are allowed for this account', todo: '' },
  'self-service-on': { say: 'Keys may be set up by their owners.', todo: '' },
  'self-service-off': {
    say: 'Setting up keys oneself is switched off in your organisation.',
    todo: 'An administrator switches on “Allow self-service set up” for passkeys.',
  },
  'self-service-not-checked': { say: 'Whether keys may be set up by their owners', todo: '' },
  'model-allowed': { say: 'This model of key is accepted.', todo: '' },
  'model-any': { say: 'Any model of key is accepted.', todo: '' },
  'model-restricted': {
    say: 'Only certain models of key are accepted.',
    todo: 'Use a key that your organisation handed out.',
  },
  'model-attestation-required': {
    say: 'Only keys that can prove their make are accepted.',
    todo: 'Use a key that your organisation handed out.',
  },
  'model-not-listed': {
    say: 'This model of key is not on the list of your organisation.',
    todo: 'Use another model, or ask an administrator to add it.',
  },
  'model-blocked': { say: 'This model of key is blocked in your organisation.', todo: 'Use another model.' },
  'model-attestation-missing': {
    say: 'This key cannot prove its make, and your organisation wants that.',
    todo: 'Use another model.',
  },
  'model-synced-only': {
    say: 'Your organisation accepts only passkeys that are synced, not keys to plug in.',
    todo: 'Ask an administrator.',
  },
  'model-no-profile': {
    say: 'No setting allows this account a security key that is plugged in.',
    todo: 'Ask an administrator.',
  },
  'model-not-checked': { say: 'Which models of key are accepted', todo: '' },
  'pass-method-on': { say: 'Temporary passes are allowed for this account.', todo: '' },
  'pass-method-off': {
    say: 'Temporary passes are switched off in your organisation.',
    todo: 'Set up the key at a workstation instead.',
  },
  'pass-method-excluded': {
    say: 'The account is in a group that may not have temporary passes.',
    todo: 'Set up the key at a workstation instead.',
  },
  'pass-method-not-in-scope': {
    say: 'Temporary passes are not switched on for this account.',
    todo: 'Set up the key at a workstation instead.',
  },
  'pass-method-not-checked': { say: 'Whether temporary passes are allowed for this account', todo: '' },
  'pass-lifetime-ok': { say: 'A pass is valid for {lifetimeInMinutes} minutes.', todo: '' },
  'pass-lifetime-raised': {
    say: 'A pass is valid for {lifetimeInMinutes} minutes: your organisation allows no shorter one.',
    todo: '',
  },
  'pass-lifetime-lowered': {
    say: 'A pass is valid for {lifetimeInMinutes} minutes only.',
    todo: 'Have the key at hand before you show it.',
  },
  'pass-lifetime-not-checked': { say: 'How long a pass is valid', todo: '' },
  'passkeys-none': { say: 'The account has no key yet.', todo: '' },
  'passkeys-some': { say: 'Keys that the account has already: {count}.', todo: '' },
  'passkeys-none-to-remove': { say: 'The account has no key that could be removed.', todo: '' },
  'passkeys-not-checked': { say: 'Which keys the account has already', todo: '' },
  'other-method-strong': { say: 'The account has another strong way to sign in.', todo: '' },
  'other-method-none': {
    say: 'The account has no other strong way to sign in.',
    todo: 'Think of a second key for a safe place.',
  },
  'other-method-not-checked': { say: 'Whether there is another strong way to sign in', todo: '' },
  'conditional-access-not-checked': { say: 'The sign-in rules of your organisation', todo: '' },
};
