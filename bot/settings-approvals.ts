import { z } from 'zod';

/** How many requests there may be; 0: as many as anybody likes. The helpdesk is bound by the tenant's alone. */
export const Limits = z
  .object({
    /** Of one requester, in 24 hours. */
    requesterADay: z.number().int().min(0).max(1000).default(5),
    /** About one subject, in 24 hours. */
    subjectADay: z.number().int().min(0).max(1000).default(3),
    /** In the whole tenant, in 60 minutes. */
    tenantAnHour: z.number().int().min(0).max(10_000).default(60),
  })
  .strict();
export type Limits = z.infer<typeof Limits>;

/** What a manager who is new is good for: whoever can write the directory could make themselves one. */
export const ManagerChanged = z
  .object({
    /** For so many days a second approver is needed; 0: never. */
    days: z.number().int().min(0).max(30).default(7),
    /** Object id of a group that is asked then, after the circles of the rule. */
    group: z.string().uuid().toLowerCase().optional(),
  })
  .strict();
export type ManagerChanged = z.infer<typeof ManagerChanged>;
