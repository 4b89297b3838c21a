import { Fault } from '../protocol/fault';
import { type Models } from '../protocol/messages';

/**
 * Holds the model of a key against the tenant's rules, before anything is written to it.
 * @returns a check that says why a model (AAGUID) may not be used
 */
export function modelRules(rules: Models): (aaguid: string) => Fault | undefined {
  return (aaguid) => {
    const listed = (list: readonly string[]) => list.some((one) => one.toLowerCase() === aaguid.toLowerCase());
    // Each rule is one passkey profile of the tenant: a key that satisfies one of them is let in.
    const allowed = rules.some(({ enforcement, aaguids }) => (enforcement === 'allow') === listed(aaguids));
    if (allowed || rules.length === 0) return undefined;
    return new Fault({
      code: 'key-model-not-allowed',
      say: `Your organisation does not allow this model of security key (${aaguid}). Nothing was written to it.`,
      todo: 'Use a key that your organisation hands out, or ask the helpdesk which models are allowed.',
      facts: { aaguid },
    });
  };
}
