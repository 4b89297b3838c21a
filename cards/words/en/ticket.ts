/** A request and its steps. */
export const ticket = {
  flows: {
    onboarding: 'First security key',
    'lost-key': 'Lost security key',
    'locked-pin': 'Locked security key',
    'spare-key': 'Spare security key',
    pass: 'Temporary Access Pass',
    'return-key': 'Returned security key',
  },

  statuses: {
    waiting: 'Waiting',
    approved: 'In progress',
    done: 'Done',
    denied: 'Denied',
    cancelled: 'Cancelled',
    expired: 'Expired',
    frozen: 'Stopped',
  },

  wants: {
    onboarding: 'a security key',
    'lost-key': 'a new key for a lost one',
    'locked-pin': 'to have a locked key set up anew',
    'spare-key': 'a spare key',
    pass: 'a Temporary Access Pass',
    'return-key': 'to have keys taken back',
  },

  quote: '“{text}”',

  marks: { done: 'done', now: 'now', next: 'next', later: 'later', parked: 'stuck' },

  steps: {
    diagnose: {
      done: 'Key looked at',
      now: 'Look at the key at the workstation',
      later: 'Look at the key at the workstation',
    },
    reset: {
      done: 'Key erased',
      now: 'Erase the key at the workstation',
      later: 'Erase the key at the workstation',
    },
    approve: { done: 'Approved', now: 'A colleague approves', later: 'A colleague approves' },
    choose: { done: 'Way chosen', now: 'Choose how to start', later: 'Choose how to start' },
    vouch: {
      done: 'Code from the approver typed',
      now: 'Type the code from the approver',
      later: 'Type the code from the approver',
    },
    register: {
      done: 'Key set up',
      now: 'Set up the key at the workstation',
      later: 'Set up the key at the workstation',
    },
    confirm: {
      done: 'Microsoft Entra has the key',
      now: 'Checking with Microsoft Entra',
      later: 'Check with Microsoft Entra',
    },
    show: { done: 'Pass shown', now: 'See the pass', later: 'See the pass' },
    appear: { done: 'Key added with the pass', now: 'Add the key with the pass', later: 'Add the key with the pass' },
    remove: { done: 'Old key removed', now: 'Remove the old key', later: 'Remove the old key' },
    revoke: { done: 'Signed out everywhere', now: 'Sign out everywhere', later: 'Sign out everywhere' },
    /** `used`: a pass that was asked for by itself, while it is valid. */
    tidy: { done: 'Pass ended', now: 'The pass ends', used: 'Pass in use', later: 'The pass ends' },
  },

  recognitions: {
    'in-person': 'I met them in person',
    video: 'I saw and heard them on video',
    'called-back': 'I called them back on the number above',
  },
  recognised: { 'in-person': 'in person', video: 'on video', 'called-back': 'called back' },

  risks: {
    'pass-live': 'This account has a pass already. A new one ends the old one.',
    'no-employee-id':
      'The directory has no employee number for this account, so second accounts of the same person are harder to spot.',
    'has-passkeys': 'Keys that this account has already: {count}.',
    'account-new': 'This account was created only recently.',
    'manager-changed': 'The manager of this account was changed recently, so two people must approve.',
    'manager-not-checked':
      'It was not checked whether the manager of this account was changed recently: the log of the directory could not be read.',
    'on-behalf': 'The request comes from somebody else than the person it is for.',
    'no-phone': 'The directory has no phone number to call back.',
    'step-up-keyless':
      'Approving this takes a security key that came through Keyvouch, and none of those who may approve has one yet.',
    'vouch-off': 'Your organisation asks for no code here, so your approval alone decides.',
    'mail-nobody':
      'Nobody besides the person could be told by mail: the directory names no manager and no other address.',
    generic:
      'Something about this account is unusual. If in doubt, ask the helpdesk first. Code for the helpdesk: {code}.',
  },

  parked: {
    generic: 'Keyvouch could not go on by itself. Code for the helpdesk: {code}.',
    told: 'The helpdesk can see it in its queue.',
    taken: '{name} of the helpdesk is looking after it.',
  },

  unreached: 'We could not reach {names} in Teams. Please let them know yourself, or ask the helpdesk.',

  progress: {
    subject: 'For',
    requester: 'Asked by',
    hander: 'Handed over by',
    reason: 'Reason',
    opened: 'Asked on',
    approvedBy: 'approved by',
    steps: 'Steps',
    you: 'you',

    waiting: {
      title: 'Waiting for approval',
      text: 'We have asked {approvers}. You hear from us here as soon as they decide.',
      several: '{count} of {needed} approvals so far.',
      tip: 'It helps to call one of them: they will want to see or hear you before they approve.',
      until: 'If nobody decides, the request ends on {when}.',
    },
    choose: {
      title: 'Approved. How shall we start?',
      text: '**At a workstation** is the safest: the key is set up there and no pass is needed. **With a pass** it is done in the browser.',
      desk: 'You set up the key at **{workstation}**.',
      which: 'Which workstation?',
      unpaired: 'No workstation is paired with you yet. Pairing takes two minutes.',
    },
    vouch: {
      title: 'Type the code from {approver}',
      text: '{approver} has a code of 6 digits for you and gives it to you in person, on video or by phone.',
      textOther:
        '{approver} has a code of 6 digits for {subject} and gives it to them in person, on video or by phone. Type it here together.',
      tip: 'Not by chat: please do not ask for it there.',
      label: 'Code of 6 digits',
      invalid: 'The code has 6 digits.',
      left: 'That was not the code. Tries left: {count}.',
      dead: 'The code was wrong three times',
      deadText: 'It is no longer valid, to protect the account. The helpdesk can see it in its queue.',
      deadCancel: 'You can call them, or cancel this request and ask again.',
      deadCall: 'Please call them.',
      deadLost:
        'Do not cancel this request: by {when} at the latest the lost key is off the account anyway ({names}). For the new one call the helpdesk.',
    },
    register: {
      title: 'Set up the key',
      text: 'Have your security key at hand. At **{workstation}** the Keyvouch agent leads you through it.',
      unpaired: 'First pair your workstation. Then come back to this card.',
      number: 'At {workstation}, start the Keyvouch agent and type this number there:',
      numberTip: 'You have one try, until {when}. If the agent runs already, it asks within a minute.',
      offered: 'Go to {workstation}',
      started: 'Go on at {workstation}',
      startedText: 'The steps are on its screen. Here you need not do anything until it is done.',
      made: 'Your key is set up',
      madeText: 'We are telling Microsoft Entra now. Please leave the key plugged in.',
      failed: 'That did not work at the workstation',
      failedText: 'The agent there could not finish.',
      failedAgain: 'You can start again.',
    },
    confirm: {
      title: 'Almost done',
      text: 'Microsoft Entra has taken the key. We check that it is really there. This can take a minute.',
    },
    show: {
      title: 'See your pass',
      text: 'A pass is a password that soon ends. With it you add your key in the browser. Have the key at hand and be alone at your screen.',
      textOther:
        'A pass is a password that soon ends. With it {subject} adds the key in the browser. Stand together, so that only the two of you see it.',
      /** Of a pass that was asked for by itself. */
      alone: {
        text: 'A pass is a password that soon ends. Be alone at your screen.',
        textOther:
          'A pass is a password that soon ends. {subject} signs in with it. Stand together, so that only the two of you see it.',
      },
      again: 'Until {when} you can have a new pass shown. The present one then ends.',
      prepared: 'Ready. Show it within one minute, until {when}.',
      left: 'You can see a pass {count} times.',
      leftOne: 'You can see a pass once more.',
    },
    appear: {
      title: 'Add your key now',
      text: 'Open security info in the browser, sign in with the pass and add your security key. As soon as it is there we tell you here.',
      textOther:
        '{subject} opens security info in the browser, signs in with the pass and adds the security key. As soon as it is there we tell you here.',
      until: 'The pass is valid until {when}.',
      ended: 'The pass has ended. If your key is not there yet, prepare another one.',
      used: 'The pass has ended and no further one can be shown. Please call the helpdesk.',
    },
    tidy: { title: 'Almost done', text: 'Your key is there. We are deleting the pass.' },
    removal: {
      title: 'Old keys',
      named: '{name}: goes within ten minutes after the approval',
      by: '{name}: goes by {when} at the latest',
      due: '{name}: is being removed',
      removed: '{name}: removed',
      kept: '{name}: stays on the account',
      waits: 'Until then it can still be used. It helps to call the approver, or the helpdesk.',
      contained: 'You reported it yourself and can still sign in, so it goes at once.',
      revoked: 'Signed out everywhere.',
      stays: 'The key was not removed: it can still be used. If it is lost, call the helpdesk now.',
      /** The same for those who are the helpdesk. */
      desk: {
        waits: 'Until then it can still be used. It helps to call the approver.',
        stays: 'The key was not removed: it can still be used. If it is lost, open a new request for this person now.',
      },
    },
    using: {
      title: 'Your pass is valid',
      titleOther: 'The pass of {subject} is valid',
      text: 'Sign in with it. When you no longer need it, say so here, and it ends.',
    },
    elsewhere: { title: 'Approved', text: '{name} goes on from here. You need not do anything.' },
    service: { title: 'In progress', text: 'Keyvouch is working on it. You need not do anything.' },
    parked: { title: 'This is stuck' },
    done: {
      title: 'Your key is ready',
      titleOther: '{subject} has a key',
      titlePass: 'Done. The pass has ended',
      titleReturn: 'The keys of {subject} are off the account',
      model: 'Model',
      name: 'Name',
      added: 'Added',
      how: 'Next time you sign in: choose **Sign-in options**, then **Face, fingerprint, PIN or security key**, plug the key in, type its PIN and touch it.',
      spare: 'A second key in a safe place spares you this when one is lost.',
      first: 'First sign-in with it: {when}.',
    },
    denied: {
      title: 'The request was denied',
      text: '{name} decided on {when}:',
      todo: 'If you think this is a mistake, talk to {name} or to the helpdesk.',
    },
    cancelled: {
      title: 'The request was cancelled',
      text: 'By {name}.',
      todo: 'You can ask again at any time.',
      thawed: 'It had been stopped for safety. Two people of the helpdesk have looked into it.',
    },
    expired: {
      title: 'The request has expired',
      waiting: 'Nobody decided in time.',
      approved: 'The approval was not used in time.',
      todo: 'Ask again. It helps to call the approver first.',
    },
    frozen: {
      title: 'Stopped for safety',
      text: 'Somebody reported that this request was not theirs. Passes and keys of this request are taken back.',
      todo: 'The helpdesk gets in touch. Please do not try again before that.',
      by: '{name} said on {when} that this request is not right.',
      passGone: 'No pass of this request is valid.',
      passGoes: 'The pass is being deleted.',
      keysGone: 'Keys taken off the account: {count}.',
      keysNone: 'No key came with this request.',
      keysGo: 'Looking for keys that came with this request.',
      sessionsGone: 'Signed out everywhere.',
      sessionsGo: 'Signing out everywhere.',
      blocked: 'Signing in to the account is blocked.',
      blocking: 'Signing in to the account is being blocked.',
      thawSaid: '{name} of the helpdesk has looked into it. A second person must confirm.',
    },
    cancelAsk: 'The request ends and nothing further happens.',
    cancelKeeps: 'This then stays on the account and can still be used: {names}.',
  },
};
