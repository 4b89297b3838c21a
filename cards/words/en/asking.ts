/** The first card, and the form of a request. */
export const asking = {
  home: {
    unclear: 'I did not understand that. Nothing has been done.',
    unclearTodo:
      'Key lost or stolen? Press “I lost my key”. PIN locked or forgotten? Press “Something else …”. For anything else call the helpdesk.',
    title: 'Hello {name}',
    intro: 'I get you a security key for signing in. A colleague who knows you vouches for you.',
    waiting: 'Your decision is needed: {count}',
    open: 'Your open requests',
    more: 'and {count} more',
    hint: 'You can also just write to me: “key”, “my requests”, or a request number such as KV-7Q2M-9D.',
  },

  request: {
    titles: {
      onboarding: 'Get a security key',
      'lost-key': 'I lost my key',
      'locked-pin': 'My key is locked',
      'spare-key': 'Get another key',
      pass: 'Get a Temporary Access Pass',
      'return-key': 'Take a key back',
    },
    titleOther: 'Ask for someone else',
    intros: {
      onboarding: 'Tell us why. A colleague then approves, and you set up the key here, step by step.',
      'lost-key':
        'We take the lost key off your account, sign you out everywhere, and help you get a new one. A colleague who knows you approves.',
      'locked-pin':
        'Your workstation looks at the key first: often it need not be erased. If it must be, a colleague approves, and you set it up anew.',
      'spare-key':
        'For a safe place, in case one gets lost. A colleague approves, and you set it up here, step by step.',
      pass: 'A password that soon ends, for a new phone or a new computer. A colleague who knows you approves.',
      'return-key': 'The keys are taken off the account, and it is signed out everywhere.',
    },
    introOther: 'For a colleague who cannot ask themselves. Somebody else approves.',
    what: 'What is it about?',
    passkeys: 'Which key?',
    passkeysHint: 'It can no longer be used for signing in then. The others stay.',
    passkeysAll: 'All of them, or I do not know which',
    passkeysMissing: 'Please choose the key.',
    passkeysNone: 'This account has no security key.',
    passkeysLater: 'We ask next which key it is.',
    passkey: '{name} · {model}',
    passkeyAdded: '{key}, added on {when}',
    person: 'Who is it for?',
    personHint: 'Name or mail address',
    personMissing: 'Please say who it is for.',
    candidates: 'Several people match. Whom do you mean?',
    choose: 'Please choose',
    reason: 'What is the reason?',
    reasonHints: {
      onboarding: 'For example: my first key, I started on Monday',
      'lost-key': 'For example: left on the train this morning',
      'locked-pin': 'For example: I cannot remember the PIN',
      'spare-key': 'For example: one for home',
      pass: 'For example: my phone is broken',
      'return-key': 'For example: leaves on Friday',
    },
    reasonMissing: 'Please write a short reason. The approver reads it.',
    hander: 'Who hands over the pass in person?',
    handerNobody: 'Nobody (they use Teams)',
    desk: 'Register at a helpdesk workstation?',
    deskNo: 'No',
    ready: 'Checked now',
  },

  sent: {
    title: 'Request sent',
    text: 'The card below keeps you up to date: who decides, when, and what happens next.',
  },
};
