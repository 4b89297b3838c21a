/** What stands in group chats and channels, and what a search in a message box finds. */
export const shared = {
  shared: {
    details: 'Show details',
    detailsHint: 'Details and buttons are for the helpdesk. “Show details” shows them to you alone.',
    onlyYou: 'Only you see this.',
    gone: 'Request {ticket} is not shown here any more',
    goneText: 'Open it in your own chat with Keyvouch, if it is yours to see.',
    chat: 'Open chat with Keyvouch',
    openIn: 'Open {ticket} in the chat',
    updated: 'Opened {when}',
  },

  sharedQueue: {
    counts: 'Stuck or overdue: {overdue} · not assigned: {unassigned}',
    hint: 'As of {when}. For the helpdesk: “Show the requests” shows them to you alone.',
    show: 'Show the requests',
  },

  group: {
    title: 'Keyvouch talks about requests with you alone',
    text: 'Everybody here can read along. Ask for a key, approve, and see your requests in your own chat with Keyvouch.',
    helpdesk:
      'For the helpdesk: `@{app} ticket KV-…` shows a request to everybody here, `@{app} queue` shows what there is to do.',
    old: 'Your Teams cannot show this to you alone',
    oldText: 'Please open your own chat with Keyvouch and write the number there.',
  },

  search: {
    none: 'Nothing found. Try a number such as KV-7Q2M-9D, a name, or a word of the request.',
    nonePeople: 'Nobody found. Write the beginning of a name or a mail address.',
    helpdeskOnly: 'Only the helpdesk can search for people.',
    short: 'Write at least two letters of a name or a mail address.',
    slow: 'This is taking too long. Please type the search again.',
    failed: 'The search did not work just now. Please try again in a few minutes.',
    unknown: 'Keyvouch does not know this search. Please update the app.',
    for: 'for {name}',
    personHint: 'For the helpdesk: open the chat to see more.',
  },
};

/** Why a ticket is not shown in a group chat or channel. */
export const sharedRefusals = {
  'share-helpdesk-only': {
    say: 'Only the helpdesk can show a request to everybody in a conversation.',
    todo: 'You see your own requests in your own chat with Keyvouch.',
  },
  'shared-enough': {
    say: 'This request is shown in {most} conversations already.',
    todo: 'Remove it from one of them first.',
  },
  'place-gone': {
    say: 'Keyvouch cannot see who is in this conversation, so it shows no request here.',
    todo: 'Add the Keyvouch app to this chat or team, then write again.',
  },
  'place-too-large': {
    say: 'Too many people are in this conversation for a request to be shown.',
    todo: 'Use a chat of the helpdesk.',
  },
  'place-has-guests': {
    say: 'Guests are in this conversation, so no request is shown here.',
    todo: 'Use a conversation that has only members of your organisation.',
  },
  'place-not-helpdesk': {
    say: 'Not everybody in this conversation belongs to the helpdesk, so no request is shown here.',
    todo: 'Use a chat of the helpdesk. Or an administrator allows this conversation in KEYVOUCH\\_HELPDESK\\_CHANNELS, by this id:',
  },
};
