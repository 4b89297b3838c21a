/** The link to another ticket system: what cards say of it, and what is written into it. */
export const outer = {
  outer: {
    number: 'In {system}',
    systems: { webhook: 'your ticket system', servicenow: 'ServiceNow', jira: 'Jira', hand: 'your ticket system' },
    numberLabel: 'Number in your ticket system',
    numberHint: 'INC0010023',
    linkLabel: 'Link to it (may be left empty)',
    linkHint: 'https://…',
    numberMissing: 'Please type the number.',
    failed: '{system} is not hearing about this request',
    failedNote: 'The request itself is not held up. What happened is told there later, in order.',
    notes: {
      'ticket.opened': '{requester} asks for {subject}: {flow}. It waits for approval.',
      'ticket.opened-self': '{subject} asks: {flow}. It waits for approval.',
      'ticket.approved': 'Approved.',
      'ticket.denied': 'Denied.',
      'ticket.cancelled': 'Cancelled.',
      'ticket.expired': 'Expired.',
      'ticket.completed': 'Done.',
      'ticket.frozen': 'Stopped: somebody says that this request is not right. The helpdesk looks into it.',
      'ticket.thawed': 'Two people of the helpdesk have looked into it and closed it.',
      'ticket.parked': 'Something is stuck ({code}). The helpdesk sees it in Teams.',
      'ticket.resumed': 'It goes on.',
      'ticket.commented': 'A comment of the helpdesk.',
      'pass.shown': 'A Temporary Access Pass was shown.',
      'passkey.added': 'A new security key is registered.',
      'passkey.removed': 'A security key was removed from the account.',
      'ticket.not-needed': 'Nothing had to be done after all.',
      'key.erased': 'The security key was erased.',
      'sessions.revoked': 'All sign-ins of the account were ended.',
    },
    said: '{note} “{text}”',
  },
};

export const outerRefusals = {
  'outer-off': {
    say: 'No other ticket system is set up here, so there is no number to note.',
    todo: 'Write the number into a comment.',
  },
  'outer-number-odd': {
    say: 'That does not look like a ticket number.',
    todo: 'Type letters and digits, {most} at most, for example INC0010023.',
  },
  'outer-link-odd': {
    say: 'That link cannot be used.',
    todo: 'It must begin with https:// and be {most} characters long at most. Or leave it empty.',
  },
  'outer-unreachable': {
    say: 'The other ticket system does not answer.',
    todo: 'Nothing to do: Keyvouch goes on trying. If it goes on, tell an administrator.',
  },
  'outer-busy': {
    say: 'The other ticket system has too much to do.',
    todo: 'Nothing to do: Keyvouch goes on by itself.',
  },
  'outer-odd-reply': {
    say: 'The other ticket system gave an answer that Keyvouch does not understand.',
    todo: 'Please tell an administrator.',
  },
  'outer-sign-in': {
    say: 'The other ticket system does not let Keyvouch in.',
    todo: 'Please tell an administrator: the account or its secret there is no longer right.',
  },
  'outer-gone': {
    say: 'The other ticket system has nothing at the address that Keyvouch was given.',
    todo: 'Please tell an administrator: the address in the settings is no longer right.',
  },
  'outer-refused': {
    say: 'The other ticket system did not take what Keyvouch told it.',
    todo: 'Please tell an administrator: it wants other fields than the settings have.',
  },
  'outer-address': {
    say: 'The address of the other ticket system leads where it should not, so Keyvouch does not call it.',
    todo: 'Please tell an administrator.',
  },
  'outer-certificate': {
    say: 'The other ticket system could not prove who it is, so Keyvouch told it nothing.',
    todo: 'Please tell an administrator: its certificate is not right.',
  },
  'outer-secret': {
    say: 'Keyvouch has no secret for the other ticket system.',
    todo: 'Please tell an administrator: it belongs into the vault.',
  },
};
