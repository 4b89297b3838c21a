import { isRecovery } from '../freeze';
import { hasStep } from '../plan';
import { whyNot } from '../rule';
import { stopOf } from '../standing';
import { plusMinutes } from '../time';
import { type Answer, type CommandOf, happened, refused } from './answer';
import { approversOf } from './approvers';

export const REASON_AT_LEAST = 5;
export const REASON_AT_MOST = 500;

/** What a flow wants of its subject, beyond what all of them want. */
function flowBars({ flow, requester, standing, removes, passkeysBefore, strongMethods }: CommandOf<'open'>) {
  const removing = hasStep({ flow }, 'remove');
  if (removing && passkeysBefore.length === 0) return { code: 'no-passkeys', facts: { name: standing.subject.name } };
  // Which one is on a locked key is found by a look at it.
  if (removing && removes.length === 0 && flow !== 'locked-pin') return { code: 'passkey-choice-missing' };
  // Its rule is lighter than that of a first key.
  if (flow === 'spare-key' && strongMethods === 0) return { code: 'spare-needs-first' };
  if (flow === 'return-key' && requester.id === standing.subject.id) return { code: 'return-not-for-oneself' };
  return undefined;
}

function problemOf(command: CommandOf<'open'>): Answer | undefined {
  const { requester, standing, hander } = command;
  const { subject } = standing;
  if (requester.external || !requester.enabled) return refused('not-a-member');
  // First, so that nobody learns of another's roles or tickets by asking for them.
  if (requester.id !== subject.id && !command.mayOpenForOthers)
    return refused('may-not-open-for-others', { name: subject.name });
  const stop = stopOf(standing, command.flow) ?? flowBars(command);
  if (stop) return { events: [], refusal: stop };
  const reason = command.reason.trim();
  if (reason.length < REASON_AT_LEAST) return refused('reason-missing', { least: REASON_AT_LEAST });
  if (reason.length > REASON_AT_MOST) return refused('reason-too-long', { most: REASON_AT_MOST, is: reason.length });
  if (command.alreadyOpen) return refused('duplicate-open', { shortId: command.alreadyOpen });
  if (command.barred) return { events: [], refusal: command.barred };
  if (requester.id === subject.id) return hander || command.desk ? refused('hander-not-allowed') : undefined;
  // Without a hander the subject uses Teams and acts alone; at a desk somebody sits beside them.
  if (!hander) return command.desk ? refused('hander-missing') : undefined;
  if (!hander.enabled || hander.external) return refused('hander-not-allowed', { name: hander.name });
  const tie = whyNot(hander, { subject, requester }, command.samePerson);
  return tie ? refused('hander-not-allowed', { name: hander.name }) : undefined;
}

/** Opens a ticket, or says why not. */
export function open(command: CommandOf<'open'>): Answer {
  const problem = problemOf(command);
  if (problem) return problem;
  const { requester, standing, hander, desk } = command;
  // A code has a use only where somebody types it.
  const rule = { ...command.rule, vouch: command.rule.vouch && hasStep(command, 'vouch') };
  const { subject } = standing;
  const parties = { subject, requester, ...(hander && { hander }) };
  const approvers = approversOf(rule, command.candidates, parties, command.samePerson);
  const ref = ({ id, name }: { id: string; name: string }) => ({ id, name });
  const opened = {
    kind: 'opened' as const,
    id: command.id,
    shortId: command.shortId,
    flow: command.flow,
    requester: ref(requester),
    subject: ref(subject),
    ...(hander && { hander: ref(hander) }),
    ...(desk && { desk }),
    reason: command.reason.trim(),
    rule,
    risks: command.risks,
    approvers,
    passkeysBefore: command.passkeysBefore,
    removes: command.removes,
    expiresAt: plusMinutes(command.at, rule.expireAfter),
    ...(command.told && isRecovery({ flow: command.flow, requester, subject }) && { told: command.told }),
    ...(command.outer && { outer: command.outer }),
  };
  const contained = command.contain && command.removes.length > 0 ? [{ kind: 'contained' as const }] : [];
  return happened(command, opened, ...contained);
}
