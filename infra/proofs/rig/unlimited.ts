/** Settings for a proof that opens more tickets than any tenant would in a day, and changes managers as it likes. */
export const UNLIMITED: Readonly<Record<string, string>> = {
  KEYVOUCH_LIMITS: JSON.stringify({ requesterADay: 0, subjectADay: 0, tenantAnHour: 0 }),
  KEYVOUCH_MANAGER_CHANGED: JSON.stringify({ days: 0 }),
};
