import { type Explanation } from './client/call';
import { type Problem } from './client/problem';
import { explainUnknownPerson } from './people';

/**
 * What Graph's refusals of a new pass mean. Its codes do not tell them apart (all are `badRequest`), so the text is
 * looked at; a text that nobody knows keeps the general meaning.
 */
export function explainPassRefusal(problem: Problem): Explanation | undefined {
  const { status, message } = problem;
  if (status === 405) return ON_ITSELF;
  if (status !== 400 && status !== 403) return explainUnknownPerson(problem);
  if (/LifetimeInMinutes/i.test(message)) return lifetime(message);
  if (/guest/i.test(message)) {
    return {
      code: 'pass-guest',
      say: 'A guest cannot have a Temporary Access Pass here.',
      todo: 'The account gets its pass in its home organisation.',
    };
  }
  if (/UserCredentialPolicy|not (enabled|allowed) (by|for).*polic/i.test(message)) {
    return {
      code: 'pass-policy-off',
      say: 'The tenant does not allow a Temporary Access Pass for this person.',
      todo: 'An administrator switches the method on for one of their groups; a change takes some minutes to be seen.',
    };
  }
  if (/isUsableOnce|one-?time|multi-?use/i.test(message)) {
    return {
      code: 'pass-once-only',
      say: 'The tenant allows only passes that are good for one use.',
      todo: 'Ask for a pass for one use.',
    };
  }
  return undefined;
}

function lifetime(message: string): Explanation {
  const range = /between (\d+) and (\d+)/i.exec(message);
  const facts = range ? { facts: { minimum: Number(range[1]), maximum: Number(range[2]) } } : {};
  return {
    code: 'pass-lifetime',
    say: range
      ? `The tenant allows passes of ${range[1] ?? ''} to ${range[2] ?? ''} minutes.`
      : 'The tenant does not allow a pass of this length.',
    todo: 'Choose a lifetime inside these limits.',
    ...facts,
  };
}

const ON_ITSELF: Explanation = {
  code: 'graph-not-supported',
  say: 'Microsoft Entra does not take this request for this account.',
  todo: 'Tell an administrator, with the request id.',
};
