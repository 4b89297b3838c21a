import { randomUUID } from 'node:crypto';
import type { Audit } from './log-schema';
import type { State } from './state';

const KEPT = 5000;

interface Entry {
  activityDisplayName: string;
  category: string;
  operationType: 'Add' | 'Update' | 'Delete';
  target: { id: string; displayName: string } | { policy: string };
  initiatedBy?: 'app' | 'user';
  additionalDetails?: { key: string; value: string }[];
  /** Default: Authentication Methods. */
  service?: string;
  modified?: { displayName: string; oldValue: string | null; newValue: string | null }[];
}

/** Adds a row to the directory's audit log; the oldest fall out of the stand-in's memory. */
export const writeAudit = (state: State, at: number, entry: Entry): void => {
  const policy = 'policy' in entry.target;
  const row: Audit = {
    id: randomUUID(),
    at,
    activityDisplayName: entry.activityDisplayName,
    category: entry.category,
    operationType: entry.operationType,
    initiatedBy: entry.initiatedBy ?? 'app',
    targetId: 'policy' in entry.target ? entry.target.policy : entry.target.id,
    targetName: 'policy' in entry.target ? entry.target.policy : entry.target.displayName,
    targetType: policy ? 'Policy' : 'User',
    additionalDetails: entry.additionalDetails ?? [],
    service: entry.service ?? 'Authentication Methods',
    modified: entry.modified ?? [],
  };
  state.logs.audits.push(row);
  if (state.logs.audits.length > KEPT) state.logs.audits.splice(0, state.logs.audits.length - KEPT);
};
