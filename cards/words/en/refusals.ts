/** Why a click or a message had no effect. `say`: what is so, `todo`: what now. */
export const refusals = {
  'not-yours': { say: 'This request is not yours to act on.', todo: 'Write “my requests” to see yours.' },
  'already-decided': { say: 'This request has been decided already.', todo: 'Open it to see by whom and how.' },
  'already-approved': { say: 'You have approved this already.', todo: 'Open the request to see what is next.' },
  'not-an-approver': {
    say: 'You are not among those who may decide this.',
    todo: 'Those who may decide have a card of their own.',
  },
  'is-requester': {
    say: 'You asked for this yourself, so somebody else must decide.',
    todo: 'The others who may decide have been asked.',
  },
  'is-subject': {
    say: 'This is about your own account, so somebody else must decide.',
    todo: 'The others who may decide have been asked.',
  },
  'is-hander': {
    say: 'You hand over the pass, so somebody else must decide.',
    todo: 'The others who may decide have been asked.',
  },
  'is-same-person': {
    say: 'Your account and one in this request belong to the same person, so somebody else must decide.',
    todo: 'If that is wrong, tell the helpdesk.',
  },
  disabled: { say: 'This account is switched off.', todo: 'The helpdesk can tell why.' },
  external: { say: 'Guests cannot do this.', todo: 'Please use an account of this organisation.' },
  'not-in-rule': {
    say: 'You are no longer among those who may decide this.',
    todo: 'Those who may decide have a card of their own.',
  },
  'subject-disabled': {
    say: 'The account of {name} is switched off.',
    todo: 'The helpdesk can tell why, and switch it on first.',
  },
  'subject-external': {
    say: '{name} is a guest. Guests get their keys from their own organisation.',
    todo: 'Please ask there.',
  },
  'subject-privileged': {
    say: 'The account of {name} has administrator rights. Keyvouch gives no keys to such accounts in this way.',
    todo: 'Please turn to the helpdesk. There is a stricter way for administrators.',
  },
  'subject-privilege-unknown': {
    say: 'We could not check whether the account of {name} has administrator rights, so we stopped to be safe.',
    todo: 'Try again in a few minutes. If it goes on, tell the helpdesk.',
  },
  'subject-emergency': {
    say: 'This is an emergency account. It is not handled here.',
    todo: 'Please turn to the security team.',
  },
  'flow-stopped': {
    say: 'Something in the settings of the organisation is in the way.',
    todo: 'Show this to the helpdesk.',
  },
  'nobody-may-approve': {
    say: 'Nobody can approve this request. The helpdesk has been told, where it could be reached.',
    todo: 'An administrator must name an approver for this person: a manager in Microsoft Entra, or somebody in the rule. Then cancel this request and ask again.',
  },
  'reason-missing': { say: 'The reason is missing.', todo: 'Please write a short reason and send it again.' },
  'reason-too-long': { say: 'The reason is too long.', todo: 'Please use {most} characters at most.' },
  'recognition-missing': {
    say: 'Please say how you made sure who it is.',
    todo: 'Choose one of the ways, then approve. If you have not met or called them yet, do that first.',
  },
  'denial-needs-reason': {
    say: 'A denial needs a reason.',
    todo: 'Write one sentence. The person who asked will read it.',
  },
  'not-waiting': { say: 'This request no longer waits for a decision.', todo: 'Open it to see how it stands.' },
  'not-approved': { say: 'This request is not approved.', todo: 'Open it to see how it stands.' },
  expired: { say: 'This request has expired.', todo: 'Please ask again.' },
  cancelled: { say: 'This request was cancelled.', todo: 'You can ask again at any time.' },
  denied: { say: 'This request was denied.', todo: 'Open it to read why.' },
  done: { say: 'This request is done already.', todo: 'Nothing is left to do.' },
  frozen: { say: 'This request was stopped for safety.', todo: 'The helpdesk gets in touch.' },
  'nothing-to-freeze': {
    say: 'This request ended without giving anything to anybody.',
    todo: 'If somebody asked in your name, tell the helpdesk.',
  },
  'other-ticket-frozen': {
    say: 'Another request for this account was stopped for safety: “This was not me”.',
    todo: 'Call the helpdesk. Until they have cleared it up, nothing is given out for this account.',
  },
  'approver-no-longer-allowed': {
    say: 'Whoever approved this may no longer do so.',
    todo: 'Cancel this request and ask again.',
  },
  'approval-over': { say: 'The time to use this approval is over.', todo: 'Please ask again.' },
  'freeze-over': {
    say: 'This request ended more than {days} days ago.',
    todo: 'If something is not right, call the helpdesk now.',
  },
  'not-frozen': { say: 'This request is not stopped.', todo: 'Open it to see how it stands.' },
  'thaw-needs-second': {
    say: 'You have said so already. It needs a second person of the helpdesk.',
    todo: 'Ask a colleague to look into it too, and to confirm.',
  },
  'thaw-not-you': {
    say: 'You have had a part in this request, so others must lift the stop.',
    todo: 'Ask two colleagues of the helpdesk who had none.',
  },
  'freeze-under-way': {
    say: 'What this request gave is still being taken back.',
    todo: 'Try again in a minute. If it stands still, the card says why.',
  },
  'link-odd': {
    say: 'This link is not one of ours, or a part of it is missing.',
    todo: 'Open it from the mail once more. If that does not help, call the helpdesk.',
  },
  'link-over': { say: 'This link is no longer valid.', todo: 'If something is not right, call the helpdesk.' },
  'mail-no-address': {
    say: 'The directory has no address for the mail any more.',
    todo: 'Please tell the person in another way.',
  },
  'mailbox-unknown': {
    say: 'The mailbox that Keyvouch sends from is not there.',
    todo: 'An administrator checks KEYVOUCH\\_MAILBOX.',
  },
  'mailbox-denied': {
    say: 'Keyvouch may not send from its mailbox.',
    todo: 'An administrator lets it send from that one mailbox.',
  },
  'too-late-to-cancel': {
    say: 'It has begun, so it can no longer be cancelled here.',
    todo: 'The helpdesk can still end it safely.',
  },
  'may-not-open-for-others': {
    say: 'Only the manager of a person or the helpdesk can ask for them.',
    todo: 'They can ask themselves, or their manager can.',
  },
  'hander-missing': {
    say: 'Somebody must hand over the pass in person.',
    todo: 'Choose who does, or choose a helpdesk workstation.',
  },
  'hander-not-allowed': {
    say: 'This person cannot hand over the pass.',
    todo: 'Choose somebody who is neither asking nor the only one to approve.',
  },
  'duplicate-open': {
    say: 'This was asked for already: {shortId}.',
    todo: 'Open that request. To ask anew, cancel it if it is still open, then start again.',
  },
  'no-passkeys': {
    say: 'The account of {name} has no security key.',
    todo: 'If it is the first one, ask for a security key.',
  },
  'passkey-choice-missing': { say: 'No key was chosen.', todo: 'Please choose it.' },
  'passkey-not-there': {
    say: 'One of the chosen keys is not on this account.',
    todo: 'Please choose again.',
  },
  'spare-needs-first': {
    say: 'A spare key is for those who have a key already.',
    todo: 'Ask for your first security key.',
  },
  'return-not-for-oneself': {
    say: 'Your own key is taken back by your manager or the helpdesk.',
    todo: 'Please give it to one of them.',
  },
  'no-pass-to-end': { say: 'There is no pass to end.', todo: 'Open the request to see how it stands.' },
  'code-wrong': { say: 'That was not the code.', todo: 'Look at it again. Tries left: {triesLeft}.' },
  'code-dead': {
    say: 'The code was typed wrong three times and is no longer valid.',
    todo: 'Please call the helpdesk.',
  },
  'code-needed': {
    say: 'First the code from the approver is needed.',
    todo: 'Ask for it in person, on video or by phone, not by chat.',
  },
  'way-missing': { say: 'First choose how to start.', todo: 'At your workstation, or with a pass.' },
  'no-workstation': { say: 'No workstation is paired with you.', todo: 'Pair one first. It takes two minutes.' },
  'workstation-not-yours': {
    say: 'This workstation is not paired with you.',
    todo: 'Choose one of yours, or pair this one.',
  },
  'workstation-not-approved': {
    say: 'The approval does not name this workstation.',
    todo: 'Choose the workstation that it names, or ask again.',
  },
  'workstation-not-active': {
    say: 'This workstation is not ready.',
    todo: 'Confirm its pairing first, or pair it again.',
  },
  'job-runs': { say: 'The workstation is working on it already.', todo: 'Go on there, or wait until it gives up.' },
  'job-unknown': { say: 'The workstation spoke of something we did not order.', todo: 'Start again from the card.' },
  'job-over': {
    say: 'The order for the workstation is over.',
    todo: 'The request shows how it stands, and whether you can start again.',
  },
  'number-wrong': {
    say: 'The number that was typed at the workstation was wrong.',
    todo: 'Start again and type the new number.',
  },
  'shows-used-up': { say: 'The pass was shown as often as is allowed.', todo: 'Please call the helpdesk.' },
  'show-not-prepared': {
    say: 'The minute for showing the pass is over.',
    todo: 'Prepare the pass once more. Nothing is lost.',
  },
  'show-slow': {
    say: 'The pass was not shown: it took too long.',
    todo: 'Prepare another; the old one then ends.',
  },
  'pass-under-way': {
    say: 'A pass was shown already on this request, so the way cannot be changed now.',
    todo: 'Go on with the pass, or ask the helpdesk.',
  },
  'choose-workstation-first': {
    say: 'Several workstations are paired with you.',
    todo: 'Choose one.',
  },
  'workstation-confirmed': {
    say: '{name} was confirmed already, so it stays connected.',
    todo: 'If you want to remove it, write “workstations”.',
  },
  'workstation-removed': {
    say: 'This workstation was removed.',
    todo: 'Choose another one, or go on with a pass.',
  },
  'show-in-progress': { say: 'A pass is just being made.', todo: 'Wait ten seconds and refresh.' },
  'press-show-again': {
    say: 'This click was used already.',
    todo: 'If you need a new pass: prepare it, then show it.',
  },
  'show-needs-execute': {
    say: 'This version of Teams cannot show the pass safely.',
    todo: 'Please use the current Teams app, or Teams in the browser.',
  },
  'pass-withheld': {
    say: 'The pass could not be shown safely, so it was taken back.',
    todo: 'Prepare another one. Nothing is lost.',
  },
  'person-unknown': { say: 'We found nobody of that name.', todo: 'Please write the full name or the mail address.' },
  'person-ambiguous': { say: 'Several people have that name.', todo: 'Choose the right one.' },
  'ticket-unknown': {
    say: 'We know no request of that number that you may see.',
    todo: 'Look at it again, or write “my requests”.',
  },
  'ticket-number-missing': {
    say: 'This needs the number of a request.',
    todo: 'Write the number too: “{command} KV-7Q2M-9D”.',
  },
  'not-installed': {
    say: 'This person cannot be reached here in Teams.',
    todo: 'They open Keyvouch in Teams once, or somebody hands over the pass.',
  },
  'not-a-member': { say: 'Keyvouch is for members of this organisation only.', todo: 'Please use your work account.' },
  'other-tenant': {
    say: 'Keyvouch serves one organisation, and this account is of another.',
    todo: 'Please use your work account.',
  },
};
