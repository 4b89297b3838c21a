import { pageOf, type PageRule } from '../odata/page';
import type { Call, Reply } from '../route';
import type { Tenant } from '../tenant';

/** `https://host/v1.0/$metadata#…` */
export const contextOf = (call: Call, fragment: string): string => `${call.base}/${call.version}/$metadata#${fragment}`;

/** A page of a collection as Graph writes it. */
export const collection = <T extends object>(
  tenant: Tenant,
  call: Call,
  rows: readonly T[],
  rule: PageRule,
  fragment: string,
  draw: (row: T) => object,
): Reply => {
  const page = pageOf(rows, call.query, rule, call.self, tenant.switches.get().pageSize);
  return {
    status: 200,
    body: { '@odata.context': contextOf(call, fragment), ...page.extra, value: page.rows.map(draw) },
  };
};

/** One object with its context. */
export const entity = (call: Call, fragment: string, body: object, status: 200 | 201 = 200): Reply => ({
  status,
  body: { '@odata.context': contextOf(call, fragment), ...body },
});
