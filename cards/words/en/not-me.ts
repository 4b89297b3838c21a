/** The mail to a second person, and the page behind its link. */
export const notMe = {
  mail: {
    title: '{flow} for {subject}: {ticket}',
    hello: 'Hello {name},',
    asked: '{requester} sent a request for {subject} on {when}: {flow}.',
    askedSelf: '{subject} sent a request on {when}: {flow}.',
    waiting: 'Nobody has decided yet.',
    approved: 'Approved on {when} by {names}.',
    denied: '{name} denied it on {when}. Nothing was given out.',
    ended: 'The request has ended without a decision. Nothing was given out.',
    fine: 'If this is right, you need not do anything.',
    stop: 'If you doubt it, call {subject}. If it is not right, stop it:',
    stopOwn: 'If you did not ask for this, stop it:',
    link: 'This is not right',
    linkOwn: 'This was not me',
    asksAgain:
      'The page asks you once more before anything happens. The link holds until {until}. Please do not pass this mail on: whoever has the link can stop the request.',
    why: 'You read this because you are responsible for {subject}: whoever holds the account of {subject} cannot hide it from you. The mail holds no password and no code. Keyvouch never asks for one by mail.',
    whyOwn:
      'You read this at another address than your work account, so that nobody who holds that account can hide it from you. The mail holds no password and no code. Keyvouch never asks for one by mail.',
  },

  notMe: {
    card: 'The request stops at once. What it gave is taken back: a pass, a key, every session. The helpdesk is called, and only two of its people together can undo it.',
    title: 'Is this request not right?',
    titleOwn: 'Was this not you?',
    what: 'If you stop this request:',
    pass: 'a pass that was given out is deleted,',
    key: 'a key that came with this request is taken off the account,',
    sessions: 'the account is signed out everywhere,',
    blocks: 'signing in to the account is blocked,',
    helpdesk: 'and the helpdesk is called.',
    undone: 'Only two people of the helpdesk together can undo this.',
    stop: 'Stop this request',
    keep: 'If it is right after all, just close this page. Nothing happens then.',
    stopped: 'The request is stopped',
    stoppedText: 'Thank you. What it gave is being taken back now, and the helpdesk has been called.',
    stoppedTodo: 'The helpdesk gets in touch. Until then please approve nothing else for this account.',
    over: 'There is nothing to stop',
    again: 'Please open the link again in a minute. If it goes on, call the helpdesk.',
  },
};
