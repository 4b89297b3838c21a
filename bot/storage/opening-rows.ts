import { type CountedBy } from '../service/approvals-port';
import { type Flow, type Ticket } from '../tickets/ticket';
import { type IndexRow } from './indexes';
import { invertedTime, keyOf, safeKey } from './keys';

const TENANT_PK = 'opened';

export function countedPk(of: CountedBy): string {
  if (of === 'tenant') return TENANT_PK;
  return 'requester' in of ? keyOf('asked', of.requester) : keyOf('about', of.subject);
}

export const blockPk = (subject: string, flow: Flow) => keyOf('blocked', subject, flow);

/**
 * The rows by which openings are counted, and a denial that bars repeats is found. They are written with the opening
 * (the denial), newest first, and stay: a ticket that was cancelled at once counts as well.
 */
export function openingRows({ id, openedAt, requester, subject, flow, denial }: Ticket): IndexRow[] {
  const rk = `${invertedTime(openedAt)}~${safeKey(id)}`;
  const counted: CountedBy[] = ['tenant', { requester: requester.id }, { subject: subject.id }];
  return [
    ...counted.map((of): IndexRow => ({ kind: 'opening', pk: countedPk(of), rk, ticket: id })),
    ...(denial?.blockedUntil === undefined
      ? []
      : [{ kind: 'opening' as const, pk: blockPk(subject.id, flow), rk, ticket: id }]),
  ];
}
