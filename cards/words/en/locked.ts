/** A key that does not open: it is looked at, and where nothing else helps erased and set up anew. */
export const locked = {
  locked: {
    look: {
      title: 'First we look at the key',
      text: 'Have the key at hand. Your workstation reads how it is: nothing is written, no PIN is needed, and nobody has to approve that.',
      desk: 'Plug the key of {subject} in at **{workstation}**. It reads how the key is: nothing is written, and nobody has to approve that.',
      unpaired:
        'For that your workstation must be paired with you. Pairing takes two minutes. Then come back to this card.',
      which: 'Which workstation is the key at?',
      elsewhere: '{name} looks at the key first. The approvers are asked only where it must be erased.',
    },
    verdicts: {
      'blocked-for-ever': {
        title: 'The key is locked for good',
        text: 'The PIN was typed wrong too often. Only erasing it helps, then it is set up anew.',
      },
      'blocked-until-replug': {
        title: 'The key is not locked for good',
        text: 'After three wrong tries in a row it must be unplugged. Unplug it, plug it in again, and type the right PIN.',
      },
      'change-forced': {
        title: 'The key needs a new PIN',
        text: 'Its PIN must be changed before the first use. At your workstation start the agent with the command below: it asks for the old PIN, then for the new one.',
      },
      'no-pin': {
        title: 'The key has no PIN',
        text: 'It is empty: new, or erased. A passkey that was on it before is gone, so it cannot sign you in. It can be set up anew.',
      },
      'tries-left': {
        title: 'The key is not locked',
        text: 'The right PIN opens it.',
      },
    },
    tries: 'Wrong tries left: {count}. After that it locks for good.',
    ways: 'If nobody knows the PIN any more, say so: the key is then erased and set up anew, once a colleague has approved.',
    modelOut:
      'Keys of this model can no longer be registered here, so the key is not erased: that would leave you without one. Please ask the helpdesk for another key.',
    pick: {
      title: 'Which of these is on the key?',
      text: 'The key does not tell by itself. Please look closely: what you choose is taken off the account once the key is erased, and cannot be used any more.',
      label: 'Passkey on this key',
      likely: '{key} (same model)',
      none: 'None of these',
      missing: 'Please choose one.',
    },
    reset: {
      title: 'Erase the key',
      text: 'At **{workstation}** the agent leads you: unplug the key, plug it in again, and touch it within seconds. Everything on it is erased, also what other sites put there.',
      unknown: 'Nobody knows yet whether the key was erased',
      unknownText:
        '{workstation} fell silent in the middle. We look at the key first: that writes nothing. Only then, and only if you say so there, it is erased again.',
    },
    register: 'The key is empty now. The next step makes it yours again: with a new PIN and a new passkey.',
    box: {
      title: 'The key',
      model: 'Model: {model}',
      silent: 'On it is: {names}. The key has shown that itself.',
      person: 'On it is: {names}. {name} says so. The key itself does not tell, so please ask them how they know.',
      none: 'None of the keys of this account is on it. {name} says so. The key itself does not tell.',
      others: 'Everything else on the key goes too, also what other sites put there. It cannot be listed here.',
      forgotten: '{name} does not know the PIN any more.',
      erased: 'The key was erased.',
      unknown: 'Whether the key was erased is not known yet.',
    },
    removal: {
      title: 'Its passkey on the account',
      named: '{name}: goes as soon as the key is erased',
      due: '{name}: is being removed',
      removed: '{name}: removed',
      kept: '{name}: stays on the account',
      useless: 'The key was erased, so {name} can no longer sign anybody in. It is still listed on the account.',
    },
    approve: {
      removes: 'Once the key is erased, this is taken off the account: {names}.',
      removesNone: 'Nothing is taken off the account.',
      happens:
        'You get a code of 6 digits and give it to {subject} in person, on video or by phone. Only with it can {subject} erase the key and set it up anew.',
    },
    over: {
      title: 'Nothing had to be done',
      text: 'The key was looked at and not changed.',
      expired: 'The key was erased and is empty. It signs nobody in until it is asked for again and set up.',
    },
  },
};

/** Why a click about a locked key had no effect, and why such a request stands still. */
export const lockedRefusals = {
  'already-diagnosed': {
    say: 'The key has been looked at, and the approvers have been asked.',
    todo: 'Open the request to see how it stands.',
  },
  'diagnosis-missing': {
    say: 'The key has to be looked at first.',
    todo: 'Start that from the card of the request, with the key plugged in.',
  },
  'erase-unknown': {
    say: 'Nobody can tell yet whether the key was erased.',
    todo: 'Start again with the key plugged in: it is looked at first, and nothing is erased by that.',
  },
  'erased-another-key': {
    say: 'The key that was erased is not the one that was approved, so nothing was taken off the account.',
    todo: 'The helpdesk finds out with you which key it was.',
  },
};
