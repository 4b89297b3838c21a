/** The queue and its parts, who looks after what, what happened, who was reached, who somebody is, and files. */
export const helpdeskWords = {
  queueParts: {
    all: 'All open',
    overdue: 'Stuck or overdue',
    mine: 'Mine',
    unassigned: 'Not assigned',
    oldest: 'Oldest first',
    'on-helpdesk': 'Waiting for us',
    'on-approver': 'Waiting for approval',
    'on-recipient': 'Waiting for the person',
    'on-workstation': 'At a workstation',
    'on-service': 'Keyvouch is at work',
  },

  /** What may be written behind “queue”. */
  queueSaid: {
    all: ['all', 'open', 'everything'],
    overdue: ['overdue', 'stuck', 'late', 'urgent'],
    mine: ['mine', 'my', 'my tickets', 'assigned to me'],
    unassigned: ['unassigned', 'not assigned', 'free', 'new', 'nobody'],
    oldest: ['oldest', 'oldest first', 'by age'],
    'on-helpdesk': ['waiting for us', 'waiting on helpdesk', 'helpdesk', 'us'],
    'on-approver': ['waiting for approval', 'waiting on approver', 'approver', 'approval', 'approvers'],
    'on-recipient': ['waiting for the person', 'waiting on recipient', 'recipient', 'person', 'people'],
    'on-workstation': ['at a workstation', 'waiting on workstation', 'workstation', 'workstations'],
    'on-service': ['waiting on service', 'service', 'keyvouch'],
  },

  queueNone: {
    all: 'The queue is empty. Nobody waits for anything.',
    overdue: 'Nothing is stuck and nothing is overdue.',
    mine: 'No request is assigned to you.',
    unassigned: 'Every open request is assigned to somebody.',
    oldest: 'The queue is empty. Nobody waits for anything.',
    'on-helpdesk': 'Nothing waits for the helpdesk.',
    'on-approver': 'Nothing waits for an approval.',
    'on-recipient': 'Nothing waits for the people themselves.',
    'on-workstation': 'Nothing waits at a workstation.',
    'on-service': 'Keyvouch has nothing under way.',
  },

  queueMore: {
    which: 'Which list?',
    counts: 'Stuck or overdue: {overdue} · not assigned: {unassigned} · mine: {mine}',
    orMore: '{count} or more',
    stuck: 'waits for us',
    assigned: 'with {name}',
    pageEmpty: 'Nothing on this page. The next one may have something.',
    unknownPart: 'There is no list called “{said}”, so this is the whole queue.',
  },

  assigning: {
    title: 'Who looks after it?',
    now: 'Looked after by',
    nobody: 'nobody yet',
    colleague: 'Colleague',
    cards: 'Posts the card again, with a sound, for somebody who missed it. Each approver at most once in 15 minutes.',
    whose: 'Whose card?',
    everyone: 'All who have not decided',
  },

  canDo: {
    title: 'What you can do',
    retry:
      'Take it over, wait a few minutes and press “Try again”. Keyvouch also goes on trying by itself. If it stays stuck, show an administrator this code: {code}.',
    /** Behind `code-dead`. `told`: somebody else has the button too; `none`: nobody has it. */
    notThem: {
      own: 'If they did not: let them press “This was not me …” on their card now. That stops everything. Then call the security team.',
      told: 'If they did not: let them press “This was not me …” on their card now, or let {name} press “This is not right …”. That stops everything. Then call the security team.',
      none: 'If they did not: cancel this request now and call the security team.',
    },
    removalFirst: 'Do not cancel before {when}: by then this is off the account by itself: {names}.',
    codes: {
      'erased-another-key':
        'Find out with the person which key it was. “Try again” goes on without removing anything; a useless key can be removed by a request of its own.',
      'nobody-may-approve':
        'Find out who is to decide: enter a manager in the directory, or put somebody into the approving group. Then cancel this request and let the person ask again.',
      'code-dead':
        'Talk to the person. If they typed the wrong codes themselves, cancel this request and let them ask again.',
      'graph-denied':
        'Keyvouch lacks a right in Microsoft Entra, or a role protects this account. Show the code to the administrator. After that press “Try again”.',
      'graph-unreachable':
        'Nothing is lost. Wait a few minutes, then press “Try again”. Keyvouch also goes on trying by itself.',
      'signature-bad':
        'What is in the storage was not written by Keyvouch. Do not press “Try again”. Call the security team now.',
      'storage-tampered':
        'What is in the storage was not written by Keyvouch. Do not press “Try again”. Call the security team now.',
      'approver-no-longer-allowed':
        'Let the person ask again: then somebody who may approve is asked. If this request is still open, cancel it first.',
      'subject-privileged':
        'Keyvouch may not touch such an account. Pass this on to those who look after administrators, and cancel the request here if it is still open.',
      'subject-disabled':
        'Find out why the account is switched off. If that is right, cancel the request. If not, have it switched on and press “Try again”.',
      'pass-policy-off':
        'Have an administrator allow Temporary Access Passes for this person in Microsoft Entra, then press “Try again”.',
    },
  },

  deliveries: {
    title: 'Who was reached?',
    of: 'Cards of {ticket}',
    posted: 'has the card, posted {when}',
    changed: 'has the card, last changed {when}',
    'not-reached': 'not reached. {why}',
    none: 'has no card yet',
    helpdesk: 'Cards at the helpdesk: {count}.',
    slots: {
      approval: 'may approve',
      progress: 'asked, or it is for them',
      handover: 'hands over the pass',
      helpdesk: 'helpdesk',
    },
    asOf: 'As of {when}. “Posted” means Teams has taken it; whether it was read, nobody can tell.',
  },

  who: {
    title: 'Who is it?',
    several: 'Several people match “{name}”. Whom do you mean?',
    none: 'Nobody matches “{name}”.',
    ask: 'Write “who” and a name, a mail address or a user name.',
    account: 'Account',
    enabled: 'switched on',
    disabled: 'switched off',
    external: 'guest, or from another organisation',
    job: 'Job',
    manager: 'Manager',
    keys: 'Security keys',
    keysNone: 'No security key is on this account.',
    key: '{name} ({model})',
    added: 'added {when}',
    methods: 'Other ways to sign in',
    methodsNone: 'None that Keyvouch can see.',
    methodKinds: {
      windowsHelloForBusiness: 'Windows Hello',
      platformCredential: 'Platform credential',
      temporaryAccessPass: 'Temporary Access Pass',
      microsoftAuthenticator: 'Microsoft Authenticator',
      phone: 'Phone',
      password: 'Password',
      other: 'Another way',
    },
    usable: 'usable now',
    workstations: 'Workstations',
    workstationsNone: 'No workstation is paired.',
    seen: 'last seen {when}',
    pairing: 'waits to be confirmed',
    open: 'Open requests',
    openNone: 'No request is open.',
    recent: 'Earlier requests',
    ready: 'Is everything ready for a key?',
    recorded: 'It is recorded that you looked.',
  },

  files: {
    title: 'The file is offered to you',
    text: 'Look below, or in your own chat with Keyvouch: there you say whether it may be put into your OneDrive. Only then is it made.',
    queueAbout: 'The queue of the helpdesk, as it is when you accept. At most {count} requests.',
    ticketAbout: 'Request {ticket} with its history, as it is when you accept.',
    truncated: 'The queue is longer: the file has its first {count} requests.',
  },
};

export const helpdeskRefusals = {
  'not-parked': { say: 'This is not stuck any more.', todo: 'Open the request to see how it stands.' },
  'already-taken': { say: 'A colleague has taken this over already.', todo: 'Open the request to see who.' },
  'helpdesk-only': { say: 'Only the helpdesk can do this.', todo: 'Please call the helpdesk.' },
  'comment-missing': { say: 'The comment is empty.', todo: 'Write something and send it again.' },
  'comment-too-long': { say: 'The comment is too long.', todo: 'Please use {most} characters at most.' },
  'comments-full': { say: 'There is no room for further comments.', todo: 'Please note it in your ticket system.' },
  'colleague-missing': {
    say: 'Nobody was chosen.',
    todo: 'Choose a colleague from the list, then press “Assign” again.',
  },
  'colleague-not-helpdesk': {
    say: 'This person does not belong to the helpdesk.',
    todo: 'Choose somebody from the helpdesk, or have them added to its group first.',
  },
  'remind-too-early': {
    say: 'They were asked only a little while ago.',
    todo: 'You can have them reminded from {when} on. It helps to call one of them.',
  },
  'reminded-already': {
    say: 'They were reminded only a little while ago.',
    todo: 'You can have them reminded again from {when} on. It helps to call one of them.',
  },
  'nobody-to-remind': {
    say: 'There is nobody to remind: all who were asked have decided, or this person was not asked.',
    todo: 'Refresh the card to see how it stands.',
  },
  'posted-already': {
    say: 'The card of {name} was posted only a little while ago.',
    todo: 'It can be posted again from {when} on.',
  },
  'card-of-nobody': { say: 'This person has no card of this request.', todo: 'Choose somebody from the list.' },
  'file-too-late': {
    say: 'This offer of a file is too old.',
    todo: 'Start the export again.',
  },
  'file-not-taken': {
    say: 'The file could not be put into your OneDrive.',
    todo: 'Start the export again. If it goes on, ask your administrator whether apps may put files there.',
  },
  'file-place-odd': {
    say: 'Teams named a place for the file that is not a OneDrive of Microsoft, so nothing was sent there.',
    todo: 'Please tell your administrator.',
  },
};
