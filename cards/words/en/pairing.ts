/** Workstations: pairing, confirming, removing. */
export const pairing = {
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
};
