/** Who decides while somebody is away. */
export const absence = {
  away: {
    title: 'When I am away',
    intro:
      'Say from when to when you are away, and who decides in your place. Requests that wait for you then go to that person.',
    none: 'No absence is entered.',
    line: '{from} to {until}: **{name}** decides in your place.',
    now: 'In force now',
    from: 'First day away',
    until: 'Last day away',
    missing: 'Please choose a day.',
    delegate: 'Who decides in your place?',
    delegateHint: 'Name or mail address',
    delegateMissing: 'Please say who.',
    candidates: 'Several people match. Whom do you mean?',
    choose: 'Please choose',
    note: 'You can still decide yourself, and end this at any time. If the person you name is away too, nobody steps in for them.',
    entered: 'Saved. {name} is asked in your place.',
    ended: 'Ended. You are asked again.',
  },
  delegate: {
    named: '{name}, for {other} (away until {when})',
    gave: '{name} (for {other})',
    place: 'You decide in place of {other}, who is away until {when}.',
    away: 'away until {when}',
    noLonger: 'You are no longer among those who decide this. Others have been asked. You need not do anything.',
  },
  block: {
    explain: '“{button}” also means: for {days} days nobody can ask for this again, unless the helpdesk lifts it.',
    holds: 'The same cannot be asked again until {when}. If that is wrong, the helpdesk can lift it.',
    over: 'The block ended on {when}: the same can be asked again.',
    lifted: '{name} of the helpdesk has lifted the block: the same can be asked again.',
    liftWhy: 'Why may it be asked again? This is kept.',
    liftMissing: 'Please write a short reason.',
    queueFull:
      'There are so many requests in the organisation that new ones are refused until {when}. Is somebody trying something?',
  },
};

/** Why somebody may not decide, may not ask, or cannot be a delegate. */
export const approvalRefusals = {
  'may-be-same-person': {
    say: 'Nothing in the directory shows that your account and one in this request belong to two people: an employee number is missing.',
    todo: 'Somebody else must decide. An administrator can enter the employee numbers.',
  },
  'delegation-over': {
    say: 'You decided in place of somebody who was away. That time is over.',
    todo: 'They decide themselves again. You need not do anything.',
  },
  'delegate-not-allowed': {
    say: 'You would decide in place of {name}, who has a part in this request and may not decide it either.',
    todo: 'Somebody else must decide. The helpdesk sees who was asked.',
  },
  'already-counted': {
    say: 'Somebody has approved in the same place already: you and the person you decide for count once.',
    todo: 'Another person must give the next approval. You need not do anything.',
  },
  'repeats-blocked': {
    say: 'This was denied ({shortId}), and it cannot be asked again until {until}.',
    todo: 'If you need it before that, please call the helpdesk. They can lift it.',
  },
  'not-blocked': { say: 'Nothing is blocked here.', todo: 'A new request can be made now.' },
  'lift-not-you': {
    say: 'You have a part in this request yourself.',
    todo: 'Please ask a colleague of the helpdesk to lift it.',
  },
  'lift-needs-reason': { say: 'Lifting it needs a reason.', todo: 'Please write one sentence. It is kept.' },
  'limit-requester': {
    say: 'You have asked {most} times within a day. That is as often as is possible.',
    todo: 'You can ask again from {when}. If it is urgent, please call the helpdesk.',
  },
  'limit-subject': {
    say: 'There were {most} requests for this account within a day. That is as many as are possible.',
    todo: 'It is possible again from {when}. If it is urgent, please call the helpdesk.',
  },
  'limit-tenant': {
    say: 'There are unusually many requests in the organisation just now, so new ones must wait.',
    todo: 'Please try again from {when}. If it is urgent, please call the helpdesk.',
  },
  'delegate-not-a-member': {
    say: '{name} cannot decide in your place: the account is switched off, or a guest’s.',
    todo: 'Please name somebody else.',
  },
  'delegate-is-you': { say: 'That is an account of yours.', todo: 'Please name somebody else.' },
  'delegate-away': { say: '{name} is away in that time too, until {when}.', todo: 'Please name somebody else.' },
  'away-times-odd': {
    say: 'These days do not fit: the last day must not be before the first, nor in the past.',
    todo: 'Please correct the days.',
  },
  'away-too-long': {
    say: 'An absence can be {days} days long at most.',
    todo: 'For longer, an administrator changes the rule.',
  },
  'away-already': {
    say: 'You are entered as away in that time already, until {when}. {name} decides then.',
    todo: 'End that one first, or choose other days.',
  },
  'away-too-many': { say: 'You can enter {most} absences at most.', todo: 'Please end one first.' },
};
