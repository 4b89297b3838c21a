/** What the one reads who decides. */
export const approving = {
  approval: {
    summary: 'A request needs your decision',
    self: '{subject} asks for {what}',
    behalf: '{requester} asks for {what} for {subject}',
    title: 'Job title',
    department: 'Department',
    manager: 'Manager',
    phone: 'Phone in the directory',
    noPhone: 'no number',
    noCallBack: 'The directory has no number, so you cannot choose calling back.',
    usedAt: 'May be used at: {names}.',
    usedNowhere: 'No workstation is paired yet. {subject} will confirm one.',
    happens: 'If you approve',
    happensVouch:
      'You get a code of 6 digits and give it to {subject} in person, on video or by phone. Only with it can {subject} set up a key or see a pass.',
    happensOpen:
      'No code is needed in your organisation for this. {subject} can set up a key or see a pass for signing in.',
    removes: 'Within ten minutes these are taken off the account: {names}. And it is signed out everywhere.',
    removed: 'Taken off the account already, because {subject} reported it: {names}.',
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
};
