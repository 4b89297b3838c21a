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
    mine: 'You look after no request at the moment.',
    unassigned: 'Somebody looks after every open request.',
    oldest: 'The queue is empty. Nobody waits for anything.',
    'on-helpdesk': 'Nothing waits for the helpdesk.',
    'on-approver': 'Nothing waits for an approval.',
    'on-recipient': 'Nothing waits for the people themselves.',
    'on-workstation': 'Nothing waits at a workstation.',
    'on-service': 'Keyvouch has nothing under way.',
  },

  queueMore: {
    which: 'Which list?',
    counts: '{overdue} stuck or overdue · {unassigned} not assigned · {mine} mine',
    orMore: '{count} or more',
    stuck: 'waits for us',
    assigned: 'with {name}',
    pageEmpty: 'Nothing on this page. The next one may have something.',
    unknownPart: 'We do not know “{said}” as a part of the queue, so this is all of it.',
  },

  assigning: {
    title: 'Who looks after it?',
    now: 'Looked after by',
    nobody: 'nobody yet',
    colleague: 'Colleague',
    choose: 'Choose somebody',
    cards: 'A card that somebody did not see is posted anew, with a sound. Each approver once in 15 minutes at most.',
    whose: 'Whose card?',
    everyone: 'All who have not decided',
  },

  canDo: {
    title: 'What you can do',
    generic:
      'Take it over, read what stands above, and mend that first. Then press “Try again”. If it cannot be mended, cancel: what was given is taken back.',
    retry: 'Take it over and press “Try again”. Keyvouch also goes on trying by itself.',
    codes: {
      'nobody-may-approve':
        'Find out who is to decide: enter a manager in the directory, or put somebody into the approving group. Then cancel this request and let the person ask again.',
      'code-dead':
        'Talk to the person: somebody typed a wrong code three times. If it was them, cancel this request and let them ask again. If it was not, treat it as an attack.',
      'graph-denied':
        'Keyvouch lacks a right in Microsoft Entra, or a role protects this account. Show the code to the administrator. After that press “Try again”.',
      'graph-unreachable':
        'Microsoft Entra does not answer. Nothing is lost. Wait a few minutes and press “Try again”.',
      'signature-bad':
        'What stands in the storage was not written by Keyvouch. Do not press “Try again”. Call the security team now.',
      'storage-tampered':
        'What stands in the storage was not written by Keyvouch. Do not press “Try again”. Call the security team now.',
      'approver-no-longer-allowed':
        'Whoever approved may no longer do so. Cancel this request, and let the person ask again.',
      'subject-privileged':
        'The account has an administrator role by now, so Keyvouch may not touch it. Give this to those who look after administrators, and cancel here.',
      'subject-disabled':
        'The account is switched off. Find out why. If that was right, cancel; else have it switched on and press “Try again”.',
      'pass-policy-off':
        'Temporary passes are switched off in Microsoft Entra, or not for this person. Have it put right, then press “Try again”.',
      'mail-refused': 'The mail was not taken. Tell the person’s manager by phone that this request exists.',
    },
  },

  deliveries: {
    title: 'Who was reached?',
    of: 'Cards of {ticket}',
    posted: 'has the card, posted {when}',
    changed: 'has the card, last changed {when}',
    'not-reached': 'not reached: {why}',
    none: 'has no card yet',
    helpdesk: 'Of the helpdesk {count} have a card of it.',
    slots: { approval: 'approves', progress: 'asked, or is asked for', handover: 'hands over', helpdesk: 'helpdesk' },
    asOf: 'As of {when}. “Posted” means Teams has taken it; whether it was read, nobody can tell.',
  },

  who: {
    title: 'Who is it?',
    several: 'Several people fit “{name}”. Whom do you mean?',
    none: 'Nobody fits “{name}”.',
    ask: 'Write “who” and a name, a mail address or a user name.',
    account: 'Account',
    enabled: 'switched on',
    disabled: 'switched off',
    external: 'guest, or of another tenant',
    job: 'Job',
    manager: 'Manager',
    keys: 'Security keys',
    keysNone: 'No security key is on this account.',
    key: '{name} ({model})',
    added: 'added {when}',
    methods: 'Other ways to sign in',
    methodsNone: 'None that Keyvouch can see.',
    methodKinds: {
      fido2: 'Security key',
      windowsHelloForBusiness: 'Windows Hello',
      platformCredential: 'Platform credential',
      temporaryAccessPass: 'Temporary pass',
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
    recorded: 'That you looked is recorded.',
  },

  files: {
    title: 'The file is offered to you',
    text: 'Look below, or in your own chat with Keyvouch: there you say whether it may be put into your OneDrive. Only then is it made.',
    queueAbout: 'The queue of the helpdesk, as it is when you accept. At most {count} requests.',
    ticketAbout: 'Request {ticket} with its history, as it is when you accept.',
    done: 'The file is in your OneDrive.',
    declined: 'No file was made.',
    truncated: 'The queue is longer: the file has its first {count} requests.',
  },
};

export const helpdeskRefusals = {
  'colleague-missing': { say: 'Nobody was chosen.', todo: 'Choose a colleague from the list, then press it again.' },
  'colleague-not-helpdesk': {
    say: 'This person is not of the helpdesk.',
    todo: 'Choose somebody of the helpdesk, or have them added to its group first.',
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
    todo: 'It can be posted anew from {when} on.',
  },
  'card-of-nobody': { say: 'This person has no card of this request.', todo: 'Choose somebody from the list.' },
  'file-too-late': {
    say: 'This offer of a file is too old.',
    todo: 'Press “Export” again.',
  },
  'file-not-taken': {
    say: 'The file could not be put into your OneDrive.',
    todo: 'Press “Export” again. If it goes on, ask your administrator whether apps may put files there.',
  },
  'file-place-odd': {
    say: 'Teams named a place for the file that is not a OneDrive of Microsoft, so nothing was sent there.',
    todo: 'Please tell your administrator.',
  },
};
