import { type Proof } from '../proof';
import { labProof } from '../rig/lab-proof';
import { sumOf } from '../rig/sum';
import { duplicatesOverHttp } from './over-http';

/** One click many times at once counts once: measured in duplicate/lab.ts. */
export const duplicate: Proof = labProof({
  id: 'duplicate',
  promise: 'a click delivered 1 to 10 times at once, on two processes, decides once, in every flow',
  goal: '0 of 100,000',
  lab: 'infra/proofs/duplicate/lab.ts',
  figure: (found, overHttp) => {
    const wrong = found.violations.length + (overHttp?.violations.length ?? 0);
    const tickets = Object.values(sumOf([found.counts, overHttp?.counts ?? {}])).reduce((sum, one) => sum + one, 0);
    return `${found.tried} interleaved deliveries, ${overHttp?.tried ?? 0} over HTTP and Azurite, ${tickets} tickets of all flows on 2 processes: ${wrong} counted wrongly`;
  },
  besides: duplicatesOverHttp,
  guards: {
    "the command's id": {
      file: 'bot/tickets/ids.ts',
      instead: (source) =>
        source.replace(
          "return [ticket, nonce, verb, actor].join('~');",
          "return [ticket, nonce, verb, actor, Math.random()].join('~');",
        ),
    },
  },
});
