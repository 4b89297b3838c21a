import { commands } from './en/commands';
import { faults } from './en/faults';
import { notMe } from './en/not-me';
import { readiness } from './en/readiness';
import { refusals } from './en/refusals';
import { ticket } from './en/ticket';

/**
 * What Keyvouch says in English. A word in braces is a place for a name or a number and stays as it is.
 * `**` around words makes them bold.
 */
export const en = {
  lang: 'en',
  product: 'Keyvouch',
  sandbox: 'Sandbox: nothing here is real.',
  ...ticket,
  ...notMe,

  buttons: {
    'open-ticket': 'Open',
    approve: 'Approve',
    deny: 'Deny',
    'show-vouch-code': 'Show the code',
    cancel: 'Cancel the request',
    'choose-workstation': 'At my workstation',
    'choose-pass': 'Show me a pass',
    vouch: 'Check the code',
    'start-job': 'Start at my workstation',
    'prepare-show': 'Prepare my pass',
    show: 'Show my pass',
    finish: 'I am done with it',
    'signed-in': 'I have signed in with it',
    'take-over': 'Take over',
    retry: 'Try again',
    comment: 'Add comment',
    'not-me': 'Stop this request',
    thaw: 'Yes, close it',
    refresh: 'Refresh',
    home: 'Home',
    ask: 'Get a security key',
    ask_lost: 'I lost my key',
    ask_spare: 'Another key',
    ask_pass: 'A temporary pass',
    'ask-other': 'Ask for someone else',
    'check-ready': 'Check first',
    'send-request': 'Send request',
    'my-tickets': 'My requests',
    waiting: 'Waiting for me',
    queue: 'Queue',
    pair: 'Pair a workstation',
    pair_desk: 'Pair a desk workstation',
    'confirm-workstation': 'Yes, this is mine',
    'refuse-workstation': 'No, refuse it',
    workstations: 'My workstations',
    'remove-workstation': 'Remove',
    more_: 'Something else …',
    deny_: 'Deny …',
    cancel_: 'Cancel …',
    comment_: 'Comment …',
    not_me_: 'This was not me …',
    not_right_: 'This is not right …',
    thaw_: 'Thaw: first of two …',
    thaw_second_: 'Thaw: second of two …',
    remove_: 'Remove …',
    other_workstation: 'Use my workstation instead',
    other_pass: 'Use a pass instead',
    signed_in_other: 'They have signed in with it',
    start_again: 'Start again',
    show_again: 'Prepare another pass',
    hide: 'Hide',
    next_page: 'Next page',
    waiting_count: 'Waiting for me ({count})',
    security_info: 'Open security info',
    open_ticket: 'Open {ticket}',
    refresh_now: 'Show how it stands',
  },

  home: {
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
      pass: 'Get a temporary pass',
      'return-key': 'Take a key back',
    },
    titleOther: 'Ask for someone else',
    intros: {
      onboarding: 'Tell us why. A colleague then approves, and you set up the key here, step by step.',
      'lost-key':
        'We take the lost key off your account, sign you out everywhere, and help you to a new one. A colleague who knows you approves.',
      'locked-pin': 'A colleague approves, then the key is wiped and set up anew.',
      'spare-key':
        'For a safe place, in case one gets lost. A colleague approves, and you set it up here, step by step.',
      pass: 'A password that soon ends, for a new phone or a new computer. A colleague who knows you approves.',
      'return-key': 'The keys go from the account, and it is signed out everywhere.',
    },
    introOther: 'For a colleague who cannot ask alone. Somebody else approves.',
    what: 'What is it about?',
    passkeys: 'Which key?',
    passkeysHint: 'It can no longer be used for signing in then. The others stay.',
    passkeysAll: 'All of them, or I do not know which',
    passkeysMissing: 'Please choose the key.',
    passkeysNone: 'This account has no security key.',
    passkeysLater: 'Which key it is, we ask next.',
    passkey: '{name} · {model}',
    passkeyAdded: '{key}, added on {when}',
    person: 'Who is it for?',
    personHint: 'Name or mail address',
    personMissing: 'Please say who it is for.',
    candidates: 'Several people match. Whom do you mean?',
    choose: 'Please choose',
    reason: 'Why is it needed?',
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
    handerNobody: 'Nobody: they use Teams themselves',
    desk: 'Register at a helpdesk workstation?',
    deskNo: 'No',
    ready: 'Checked now',
  },

  readiness: {
    title: 'Is everything ready?',
    subject: 'For {name}',
    ok: 'Everything we checked is in order.',
    stop: 'Something is in the way. This must be put right first.',
    warn: 'This works. Please read the notes.',
    nothing: 'Nothing could be checked just now.',
    generic: {
      say: 'Something in the settings of the organisation is in the way ({code}).',
      todo: 'Show this to the helpdesk.',
    },
    states: { ok: 'Fine', stop: 'In the way', warn: 'Please note', 'not-checked': 'Not checked' },
    items: readiness,
  },

  approval: {
    summary: 'A request needs your decision',
    self: '{subject} asks for {what}',
    behalf: '{requester} asks for {what} for {subject}',
    title: 'Job title',
    department: 'Department',
    manager: 'Manager',
    phone: 'Phone in the directory',
    noPhone: 'none in the directory',
    noCallBack: 'No number is known, so calling back is not among these.',
    usedAt: 'May be used at: {names}.',
    usedNowhere: 'No workstation is paired yet. {subject} will confirm one.',
    happens: 'If you approve',
    happensVouch:
      'You get a code of 6 digits and give it to {subject} in person, on video or by phone. Only with it can {subject} set up a key or see a pass.',
    happensOpen:
      'No code is needed in your organisation for this. {subject} can set up a key or see a pass for signing in.',
    removes: 'From the account go, within ten minutes: {names}. And it is signed out everywhere.',
    removed: 'Gone from the account already, because {subject} reported it: {names}.',
    happensReturn: 'Nobody gets a key or a pass.',
    happensPass:
      'You get a code of 6 digits and give it to {subject} in person, on video or by phone. Only with it can {subject} see a pass for signing in.',
    valid: 'Your approval holds for this one request only.',
    risks: 'Please note',
    how: 'How did you make sure who it is?',
    howHint: 'A chat or a mail is not enough: somebody else may be writing.',
    why: 'Why not? The person who asked will read this.',
    whyMissing: 'Please write a short reason.',
    until: 'Open until {when}.',
    needed: '{needed} people must approve. So far: {count}.',
    youApproved: 'You approved',
    youApprovedText: 'Recognised: {how}. {when}.',
    giveCode: 'Now give {subject} the code the way you recognised them: in person, on video, or by calling back.',
    codeUsed: '{subject} has typed the code.',
    codeDead: 'The code was typed wrong three times and is no longer valid.',
    othersNeeded: 'Others must approve too. The code comes after that.',
    decidedByOthers: 'Decided by others. You need not do anything.',
  },

  vouchCode: {
    title: 'Code for {subject}',
    intro: 'Give {subject} this code the way you recognised them: in person, on video, or by calling back.',
    never: 'Not by chat or mail. Whoever has the code and the account can get a key.',
    until: 'Valid until {when}. Three tries.',
    alt: 'Code of 6 digits',
  },

  pass: {
    title: 'Your pass',
    titleOther: 'Pass for {subject}',
    until: 'Valid until {when}.',
    once: 'It is shown this once. Write it nowhere, and send it to nobody.',
    handOver: 'Show it to {subject} in person. Do not send it.',
    steps: [
      'Wait 10 seconds. A new pass needs a moment.',
      'Open {site} in a private browser window.',
      'Type your user name, then the pass. Mind capital letters.',
      'Choose **Add sign-in method**, then **Security key**, and follow the steps.',
    ],
    stepsAlone: [
      'Wait 10 seconds. A new pass needs a moment.',
      'Sign in where you need it, with your user name, then the pass. Mind capital letters.',
      'When you need it no more, say so here: it then ends at once.',
    ],
    left: 'If something goes wrong you can see a new pass {count} more times. The old one then ends.',
    leftOne: 'If something goes wrong you can see a new pass once more. The old one then ends.',
    leftNone: 'This was the last time. If it does not work, please call the helpdesk.',
  },

  pair: {
    title: 'Pair your workstation',
    titleDesk: 'Pair a helpdesk workstation',
    intro: 'On the workstation, start the Keyvouch agent with this command:',
    code: 'Then type this code there:',
    never: 'Type it yourself. Never read it out to anybody, and never send it.',
    until: 'Valid until {when}, for one workstation.',
    after: 'Then the name of the workstation appears here, and you confirm it.',
  },

  confirmWorkstation: {
    title: 'Is this your workstation?',
    intro: '**{name}** wants to be paired with you. Compare these words with those on its screen:',
    ask: 'Are they the same, in the same order? If not, or if you did not start this, refuse.',
  },

  workstations: {
    title: 'Your workstations',
    none: 'No workstation is paired yet. With one, you can set up a key without any pass.',
    kinds: { own: 'yours', desk: 'helpdesk' },
    states: { pairing: 'waiting for your confirmation', active: 'paired', removed: 'removed' },
    seen: 'last seen {when}',
    never: 'not seen yet',
    several:
      'Several workstations wait for your confirmation. Remove those you do not know, then confirm the one that is left.',
    which: 'Which one?',
    removal: 'It can no longer set up keys. You can pair it again later.',
  },

  list: {
    mine: 'My requests',
    waiting: 'Waiting for my decision',
    mineNone: 'You have no requests.',
    waitingNone: 'Nothing waits for you.',
    for: 'for {name}',
    from: 'from {name}',
    hint: 'Choose a request, or write its number.',
    more: 'The latest {count} are shown. For an older one write its number.',
  },

  queue: {
    title: 'Queue',
    none: 'The queue is empty.',
    overdue: '{count} overdue',
    noneOverdue: 'nothing overdue',
    waitsOn: 'waits on {who}',
    since: 'since {when}',
    late: 'overdue',
    who: { approver: 'approval', recipient: '{name}', workstation: 'workstation', service: 'Keyvouch' },
    stuck: 'stuck: {step}',
  },

  helpdesk: {
    asked: 'Asked',
    approved: 'approved',
    notReached: 'not reached',
    open: 'not decided',
    workstation: 'Workstation',
    comments: 'Comments',
    history: 'History',
    comment: 'Comment',
    commentHint: 'Only the helpdesk sees this.',
    commentMissing: 'Please write something.',
    cancelAsk: 'The request ends. What has begun is tidied up safely.',
    told: 'Told by mail',
    toldVia: { 'other-address': '{name}, at another address', manager: '{name}' },
    toldFailed: 'not sent',
    thawAsk:
      'Have you spoken to the person, in person, on video or by calling back? Then say so here. A second colleague of the helpdesk must confirm it.',
    thawSecond:
      'Make sure yourself as well. Then this request is closed, signing in is possible again where it was blocked, and a new request can be made.',
  },

  sent: {
    title: 'Request sent',
    text: 'The card below keeps you up to date: who decides, when, and what happens next.',
  },

  stale: {
    title: 'This has moved on',
    text: 'Your click came later than a change and did nothing. This is how it stands now:',
  },

  error: {
    title: 'That did not work',
    generic: 'Something went wrong on our side.',
    genericTodo: 'Please try again in a few minutes. If it goes on, tell the helpdesk the code below.',
    code: 'Code for the helpdesk: {code}',
  },

  refusal: {
    title: 'Not possible',
    generic: 'That is not possible now.',
    genericTodo: 'Open the request to see how it stands, or ask the helpdesk.',
  },

  refusals,
  faults,
  commands,
};

type Same<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Same<Item>[]
    : { readonly [Key in keyof T]: Same<T[Key]> };

/** All that Keyvouch says in one language: every language has the same words. */
export type Words = Same<typeof en>;

/** A thing that happened, and what to do now. */
export interface Said {
  readonly say: string;
  readonly todo: string;
}
