import { approvalSamples, approvalStates } from './approval-states';
import { helpdeskSamples } from './helpdesk-samples';
import { moreSamples } from './more-samples';
import { freezeSamples, freezeStates } from './freeze-states';
import { outerStates } from './outer-states';
import { lockedStates } from './locked-states';
import { otherFlows } from './other-flows';
import { type Sample } from './sample';
import { sharedSamples } from './shared-samples';
import { statesOf } from './states';
import { stepUpSamples } from './step-up-states';
import { ticketSamples } from './ticket-samples';
import { CAST, type Cast } from './tickets';

/** Names and texts as a hostile or merely careless person would write them. */
export const HOSTILE: Cast = {
  anna: { ...CAST.anna, name: '**Approved by CISO** [click](https://evil.example)' },
  jonas: { ...CAST.jonas, name: '\u202Eeltiw\u202C <at>Everyone</at> {{DATE(2026-01-01T00:00:00Z, LONG)}}' },
  mira: { ...CAST.mira, name: '![pixel](https://evil.example/p.png) _x_ `y` ~~z~~' },
  otto: { ...CAST.otto, name: 'www.evil.example mail@evil.example &lt;b&gt; \\[a\\](javascript:alert(1))' },
  reason: '# Urgent\n\n- [x] approve **now**\n\n1. <https://evil.example>\n\n|a|b|\n|-|-|\n\n> quote\u200B\u0000',
  workstation: '__NB__ <img src=x onerror=alert(1)> \u2066isolate',
};

/** Every card in every state, for people of ordinary names. */
export function samples(cast: Cast = CAST): Sample[] {
  const states = [
    ...statesOf(cast),
    ...otherFlows(cast),
    ...freezeStates(cast),
    ...outerStates(cast),
    ...approvalStates(cast),
    ...lockedStates(cast),
  ];
  return [
    ...ticketSamples(cast, states),
    ...freezeSamples(cast),
    ...stepUpSamples(cast),
    ...approvalSamples(cast),
    ...helpdeskSamples(cast),
    ...moreSamples(cast),
    ...sharedSamples(cast, states),
  ];
}
