import { type Keys } from '../../keys/keys';
import { createHints, type Log } from '../hints';
import { type SealedRows } from '../sealed';
import { createStates, readEtag } from '../state';
import { type Table } from '../tables';
import { keyOf } from '../keys';
import { forgetJobs } from '../workstations';
import { type Anchoring, createAnchoring } from './anchoring';
import { type AnchorRef } from './anchor';
import { type Erasure, createErasure } from './erasure';
import { type ExportOptions, type Exported, exportRecords } from './export';
import { LOG, createAdminLog } from './log';
import { type Verdict, type VerifyOptions, verifyLedger, verifyOutside } from './verify-ledger';

export { type AnchorRef } from './anchor';
export { type ErasurePlan, type ErasureScope } from './erasure';
export { type Exported, type ExportedRecord, type ExportOptions } from './export';
export { type Finding, type Verdict, type VerifyOptions } from './verify-ledger';

export interface LedgerOptions {
  tickets: Table;
  index: Table;
  audit: Table;
  people: Table;
  workstations: Table;
  rows: SealedRows;
  keys: Pick<Keys, 'sign' | 'verify'>;
  now: () => Date;
  log: Log;
}

/** The audit over all tickets. */
export interface Ledger extends Pick<Anchoring, 'anchor'>, Erasure {
  verify(options?: VerifyOptions): Promise<Verdict>;
  records(options?: ExportOptions): AsyncIterable<Exported>;
  /** Anchors every chain that no anchor covers as it stands: for tickets from before there were anchors. */
  anchorAll(): Promise<readonly AnchorRef[]>;
  /** Forgets where a person can be written to; until they write again, no card reaches them. */
  removeConversation(person: string, actor: string): Promise<boolean>;
}

/** Puts the audit over all tickets together. */
export function createLedger(options: LedgerOptions): Ledger {
  const { tickets, index, audit, people, workstations, rows, keys, now, log } = options;
  const states = createStates(tickets, rows);
  const adminLog = createAdminLog(audit, rows, createHints(index, log), now);
  const parts = { tickets, audit, states, rows, keys, now };
  const anchoring = createAnchoring({
    ...{ audit, index, keys, now, log },
    async headOf(chain) {
      if (chain === LOG) return adminLog.head();
      const stored = await states.load(chain);
      return stored && readEtag(stored).head;
    },
  });

  return {
    anchor: anchoring.anchor,
    ...createErasure({
      ...{ tickets, states, log: adminLog },
      forgetJobs: (of) => forgetJobs(workstations, rows, of),
    }),
    verify: (options) => verifyLedger(parts, options),
    records: (options = {}) => exportRecords(tickets, audit, options),
    async anchorAll() {
      const { anchors } = await verifyOutside(parts);
      const chains = [LOG];
      for await (const page of tickets.pages([['RowKey', 'eq', 'state']])) {
        for (const { pk, props } of page) {
          const covered = anchors.anchored.get(pk)?.some(({ seq }) => seq === props.version) ?? false;
          if (!covered) chains.push(pk);
        }
      }
      return anchoring.anchorThese(chains);
    },
    async removeConversation(person, actor) {
      const pk = keyOf('person', person);
      if (!(await people.get(pk, 'conversation'))) return false;
      // The record first: a removal whose reply was lost would look like one that found nothing.
      await adminLog.append([{ kind: 'conversation-removed', actor, data: { person } }]);
      await people.remove(pk, 'conversation');
      return true;
    },
  };
}
