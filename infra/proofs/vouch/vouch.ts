import { type Proof } from '../proof';
import { labProof } from '../rig/lab-proof';

/** A Teams session is no proof of a person: measured in vouch/lab.ts. */
export const vouch: Proof = labProof({
  id: 'vouch',
  promise: 'no pass and no job without the code that the approver passed on; three tries',
  goal: 'all refused',
  lab: 'infra/proofs/vouch/lab.ts',
  figure: ({ tried, violations, counts }) =>
    `${tried} plays of ${Object.keys(counts).length} kinds with stolen sessions and guesses: ${violations.length} wrong`,
  guards: {
    'the code before a pass': {
      file: 'bot/tickets/decide/pass.ts',
      instead: (source) =>
        source
          .replace('if (vouchOwed(ticket))', "if (vouchOwed(ticket) && ticket.id === '')")
          .replace('if (!mayShow(ticket))', "if (!mayShow(ticket) && ticket.id === '')"),
    },
    'the number of tries': {
      file: 'bot/tickets/decide/way.ts',
      instead: (source) => source.replace("if (triesLeft < 0) return refused('code-dead');", ''),
    },
    'whose code it is': {
      file: 'bot/tickets/decide/way.ts',
      instead: (source) =>
        source.replace(
          "if (actorId(command.by) !== recipientOf(ticket).id) return refused('not-yours');",
          "if (actorId(command.by) === '' && recipientOf(ticket).id === '') return refused('not-yours');",
        ),
    },
    'which ticket a code is for': {
      file: 'bot/service/details.ts',
      instead: (source) => source.replace("`${ticket.id}~${ticket.subject.id}~${ticket.decidedAt ?? ''}`", "''"),
    },
  },
});
