import { type Proof } from '../proof';
import { labProof } from '../rig/lab-proof';
import { PRIVILEGED_ROLES } from './roles';

/** Ordinary flows are not for those who hold more than ordinary rights: measured in privileged/lab.ts. */
export const privileged: Proof = labProof({
  id: 'privileged',
  promise: 'holders of roles, however held, and emergency accounts are refused, at request, decision and execution',
  goal: 'all refused',
  lab: 'infra/proofs/privileged/lab.ts',
  figure: ({ tried, violations, counts }) =>
    `${tried} tries with ${Object.keys(PRIVILEGED_ROLES).length} roles at ${Object.keys(counts).length} moments: ${violations.length} wrong`,
  guards: {
    'who is privileged': {
      file: 'bot/tickets/standing.ts',
      instead: (source) => source.replace('if (standing.privileged) return', "if (standing.subject.id === '') return"),
    },
    'what cannot be read': {
      file: 'bot/service/subject.ts',
      instead: (source) =>
        source
          .replace("known === undefined ? 'unknown' : known.privileged", 'known?.privileged ?? false')
          .replace('privilege: known,', 'privilege: known ?? { privileged: false, why: [] },'),
    },
    'the last look before a pass is made': {
      file: 'bot/service/show.ts',
      instead: (source) => source.replace('const stop = await whatStops(deps, ticket);', 'const stop = undefined;'),
    },
    'groups that may be joined': {
      file: 'bot/entra/privileged.ts',
      instead: (source) => source.replace('if (!options.pim) break;', 'break;'),
    },
  },
});
