/** Lists of tickets, and what the helpdesk reads. */
export const desk = {
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
    waitsOn: 'waits for {who}',
    since: 'opened {when}',
    late: 'overdue',
    who: { approver: 'approval', recipient: '{name}', workstation: 'workstation', service: 'Keyvouch' },
    stuck: 'stuck: {step}',
  },

  helpdesk: {
    asked: 'Asked',
    approved: 'approved',
    denied: 'denied',
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
      'Make sure yourself as well. Then this request is closed. If no other request of this person is stopped, signing in is possible again where it was blocked, and a new request can be made.',
  },
};
