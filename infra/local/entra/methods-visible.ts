import type { Tenant } from './tenant';

/** Something that a list shows late, after it came and after it went. Times in milliseconds. */
interface Lagging {
  createdAt: number;
  endedAt: number | null;
}

/** Whether a list of methods shows this row now, with the delay that the switches set. */
export const isListed = (tenant: Tenant, row: Lagging): boolean => {
  const seen = tenant.clock.now() - tenant.switches.get().listDelayMs;
  return row.createdAt <= seen && (row.endedAt === null || row.endedAt > seen);
};
