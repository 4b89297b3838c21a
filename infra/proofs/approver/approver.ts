import { type Proof } from '../proof';
import { labProof } from '../rig/lab-proof';

/** Nobody approves for themselves, and nobody outside the rule: measured in approver/lab.ts. */
export const approver: Proof = labProof({
  id: 'approver',
  promise: 'nobody approves for themselves, not through a second account; nobody outside the rule, nobody after expiry',
  goal: 'all refused, and the right one let through',
  lab: 'infra/proofs/approver/lab.ts',
  figure: ({ tried, violations, counts }) =>
    `${tried} tries of those who may not, in ${Object.keys(counts).length} flows: ${violations.length} wrong`,
  guards: {
    'the rule read again': {
      file: 'bot/tickets/decide/approval.ts',
      instead: (source) =>
        source.replace(/const named = facts\.candidates\.filter\([^;]+;/, 'const named = facts.candidates;'),
    },
    'second accounts': {
      file: 'bot/tickets/people.ts',
      instead: (source) => source.replace('if (a.id === b.id) return true;', 'return a.id === b.id;'),
    },
    'the end of a ticket’s time': {
      file: 'bot/tickets/decide/approval.ts',
      instead: (source) => source.replaceAll("if (command.at >= ticket.expiresAt) return refused('expired');", ''),
    },
  },
});
