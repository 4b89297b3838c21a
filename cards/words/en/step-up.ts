/** Approving with one's own security key. */
export const stepUpWords = {
  stepUp: {
    ask: 'You approve with your own security key: after “Approve”, a number appears here. You type it at your workstation and touch your key.',
    which: 'At which of your workstations?',
    offered: 'Now confirm with your security key',
    number: 'At {workstation}, start the Keyvouch agent, plug in your key and type this number there:',
    numberTip: 'One try, until {when}. The agent shows what you sign; then it asks for the PIN of your key.',
    notYet: 'It is approved only once you have touched your key.',
    started: 'Your key is asked at {workstation}',
    startedText: 'Type the PIN of your key there and touch it.',
    failed: 'Your key has not confirmed it, so nothing is approved.',
    failedText: 'Something went wrong at your workstation. Press “Approve” to try again.',
    signed: 'Confirmed with your own security key.',
  },
};

/** Why an approval with a key did not come about. */
export const stepUpRefusals = {
  'step-up-needed': {
    say: 'This must be approved with your own security key.',
    todo: 'Open the request and press “Approve” again.',
  },
  'step-up-no-key': {
    say: 'This must be approved with a security key that you got through Keyvouch, and you have none.',
    todo: 'Ask Keyvouch for a security key first, or let another approver decide.',
  },
  'step-up-no-workstation': {
    say: 'To approve this you need your workstation, and none is paired with Keyvouch yet.',
    todo: 'Write “pair” here and pair your workstation. Then press “Approve” again.',
  },
  'step-up-choose-workstation': {
    say: 'You have several workstations.',
    todo: 'Choose one on the card and press “Approve” again.',
  },
  'step-up-other-workstation': {
    say: 'The first approver named another workstation of {name}, which is not there any more.',
    todo: 'Deny this with that reason and ask for a new request, which then names the right one.',
  },
  'step-up-runs': {
    say: 'Your key is being asked already, at {workstation}.',
    todo: 'Finish it there. If that does not work, wait ten minutes and press “Approve” again.',
  },
  'step-up-changed': {
    say: 'Something about this request changed while you signed, so the signature was not used.',
    todo: 'Read the request again, and press “Approve” once more.',
  },
  'number-missing': {
    say: 'The number from this card was not typed at the workstation.',
    todo: 'Press “Approve” again and type the new number there.',
  },
  'job-not-approved': {
    say: 'The workstation stopped: what came for it was not what the approver has signed.',
    todo: 'Do not go on. Please tell the security team.',
  },
  'approval-other-key': {
    say: 'The key at your workstation is not the one you got through Keyvouch.',
    todo: 'Plug in the right key and press “Approve” again.',
  },
  'approval-key-unknown': {
    say: 'This key is no longer in your account, or never came through Keyvouch.',
    todo: 'Use the key that you got through Keyvouch, or let another approver decide.',
  },
  'approval-not-signed': {
    say: 'What your workstation sent does not carry your signature, so nothing is approved.',
    todo: 'Tell the security team, and do not try again before they have looked.',
  },
  'approval-key-copied': {
    say: 'Your key answered as if there were a second one just like it, so nothing is approved.',
    todo: 'Do not use this key any more, and tell the security team.',
  },
  'approver-key-refused': {
    say: 'It was stopped at the workstation: the approver signed with a key that is not known there.',
    todo: 'Ask the approver, by phone or in person, whether they have a new key. If so, start again and say yes.',
  },
};
