import { type Proof } from '../proof';
import { labProof } from '../rig/lab-proof';
import { raceOnAzurite } from './on-azurite';

/** Whatever meets at a ticket ends in one outcome that all are told: measured in race/lab.ts. */
export const race: Proof = labProof({
  id: 'race',
  promise:
    'approve, deny, cancel, expire and all else, in any order and at once, end in one outcome, told truthfully to all',
  goal: '0 of 10,000 seeds',
  lab: 'infra/proofs/race/lab.ts',
  figure: ({ tried, violations }, onAzurite) => {
    const wrong = violations.length + (onAzurite?.violations.length ?? 0);
    return `${tried} seeded interleavings, ${onAzurite?.tried ?? 0} races of 2 processes on Azurite: ${wrong} violations`;
  },
  besides: raceOnAzurite,
  guards: {
    'a decision that comes too late': {
      file: 'bot/tickets/decide/approval.ts',
      instead: (source) =>
        source.replace(
          "if (ticket.status === 'waiting') return undefined;",
          "if (ticket.status !== 'done') return undefined;",
        ),
    },
    'a card that was overtaken': {
      file: 'bot/effects/as-it-is-now.ts',
      instead: (source) => source.replace('const LOOKS_AT_MOST = 4;', 'const LOOKS_AT_MOST = 1;'),
    },
    'a pass whose ticket has moved on': {
      file: 'bot/tickets/decide/pass.ts',
      instead: (source) => source.replace("if (ticket.status !== 'approved') return refused(ticket.status);", ''),
    },
  },
});
