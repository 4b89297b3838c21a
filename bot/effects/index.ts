import { type Deps } from '../service/deps';
import { type EffectKind, type OutboxItem } from '../tickets/effects';
import { type StepId, type Ticket } from '../tickets/ticket';
import { blockSignIn, unblockSignIn } from './block-sign-in';
import { card } from './card';
import { deletePass } from './delete-pass';
import { type Result } from './effect';
import { endReplaced } from './end-replaced';
import { followApprovers } from './follow-approvers';
import { helpdeskCards } from './helpdesk-cards';
import { keepPasskey } from './keep-passkey';
import { mail } from './mail';
import { offerApproval } from './offer-approval';
import { offer } from './offer-job';
import { registerPasskey } from './register-passkey';
import { removePasskey } from './remove-passkey';
import { revokeSessions } from './revoke-sessions';
import { settlePass } from './settle-pass';
import { sharedCard } from './shared-card';
import { takeBackPasskeys } from './take-back-passkeys';
import { tellOuter } from './tell-outer';
import { watchPasskeys } from './watch-passkeys';
import { watchSignIn } from './watch-sign-in';

/** The step that stands still while an effect cannot be done; undefined: nobody need be told. */
export const EFFECT_STEPS: Readonly<Partial<Record<EffectKind, StepId>>> = {
  'offer-job': 'register',
  'offer-inspect': 'diagnose',
  'offer-reset': 'reset',
  'offer-approval': 'approve',
  'register-passkey': 'confirm',
  'settle-pass': 'show',
  'delete-pass': 'tidy',
  'watch-passkeys': 'appear',
  'remove-passkey': 'remove',
  'revoke-sessions': 'revoke',
  'take-back-passkeys': 'remove',
  'block-sign-in': 'revoke',
  'unblock-sign-in': 'revoke',
};

/** Does one effect of the outbox. */
export function runEffect(deps: Deps, ticket: Ticket, item: OutboxItem): Promise<Result> {
  const { effect } = item;
  switch (effect.kind) {
    case 'card':
      return card(deps, ticket, effect, item);
    case 'helpdesk-cards':
      return helpdeskCards(deps, ticket, effect, item);
    case 'follow-approvers':
      return followApprovers(deps, ticket, effect, item);
    case 'shared-card':
      return sharedCard(deps, ticket, effect, item);
    case 'offer-job':
    case 'offer-inspect':
    case 'offer-reset':
      return offer(deps, ticket, effect, item);
    case 'offer-approval':
      return offerApproval(deps, ticket, effect, item);
    case 'keep-passkey':
      return keepPasskey(deps, ticket, effect, item);
    case 'register-passkey':
      return registerPasskey(deps, ticket, effect, item);
    case 'settle-pass':
      return settlePass(deps, ticket, effect, item);
    case 'delete-pass':
      return deletePass(deps, ticket, effect, item);
    case 'end-replaced':
      return endReplaced(deps, ticket, effect, item);
    case 'remove-passkey':
      return removePasskey(deps, ticket, effect, item);
    case 'revoke-sessions':
      return revokeSessions(deps, ticket, effect, item);
    case 'mail':
      return mail(deps, ticket, effect, item);
    case 'take-back-passkeys':
      return takeBackPasskeys(deps, ticket, effect, item);
    case 'block-sign-in':
      return blockSignIn(deps, ticket, effect, item);
    case 'unblock-sign-in':
      return unblockSignIn(deps, ticket, effect, item);
    case 'tell-outer':
      return tellOuter(deps, ticket, effect, item);
    case 'watch-passkeys':
      return watchPasskeys(deps, ticket, effect, item);
    case 'watch-sign-in':
      return watchSignIn(deps, ticket, effect, item);
  }
}
