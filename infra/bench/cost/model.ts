/**
 * What a month costs in Azure, worked out from what is measured and what is assumed. Graph, Teams' channel of the bot
 * and Entra cost nothing by the call.
 */

/** List prices in US dollars, East US, pay as you go, as of May 2025. Check them before you rely on them. */
export const PRICES = {
  asOf: 'May 2025, East US',
  /** Azure Functions, Flex Consumption, on demand. */
  gbSecond: 0.000026,
  execution: 0.4 / 1e6,
  freeGbSeconds: 100_000,
  freeExecutions: 250_000,
  /** Table storage, zone-redundant. */
  storageCall: 0.00045 / 10_000,
  storageGbMonth: 0.0562,
  /** Key Vault, standard: signing with an elliptic curve key. */
  signature: 0.15 / 10_000,
  /** Log Analytics, pay as you go. */
  logGb: 2.3,
  freeLogGb: 5,
} as const;

/** Measured: calls to the tables, by measure.ts; a test holds these against it. */
export const CALLS = {
  /** A ticket from open to close, on the dearest way of each flow. */
  ticket: { onboarding: 480, 'lost-key': 370, 'locked-pin': 530, 'spare-key': 230, pass: 215, 'return-key': 240 },
  /** A workstation that asks and gets nothing. */
  poll: 7,
  /** The timers, in an hour in which nothing happens. */
  idleHour: 1226,
};

/** Assumed, of an office with ordinary hours. */
export const ASSUMED = {
  /** Tickets a month for each thousand employees, by flow. */
  tickets: { onboarding: 20, 'lost-key': 8, 'locked-pin': 8, 'spare-key': 10, pass: 12, 'return-key': 12 },
  /** Hours a month in which a workstation is on, and how often it asks. */
  workstationHours: 170,
  pollsAnHour: 60,
  /** Working hours in which a ticket is open, and how often the workstation of its person asks then. */
  openHours: 4,
  openPollsAnHour: 720,
  /** What an instance of 2 GB answers in a second. */
  pollsASecond: 150,
  instanceGb: 2,
  /** The host bills no execution below a second, and what runs at once shares it. */
  timersAnHour: 4 * 60 + 60 + 12,
  rowsKbATicket: 40,
  keptMonths: 12,
  signaturesATicket: 3,
  logKbATicket: 60,
  hoursAMonth: 730,
} as const;

/** US dollars a month. */
export interface Month {
  compute: number;
  storage: number;
  rest: number;
  total: number;
}

type FlowOf = keyof typeof CALLS.ticket;

/** @param employees each with a paired workstation */
export function monthFor(employees: number): Month {
  const flows = Object.keys(CALLS.ticket) as FlowOf[];
  const ticketsOf = (flow: FlowOf) => (ASSUMED.tickets[flow] * employees) / 1000;
  const tickets = flows.reduce((sum, flow) => sum + ticketsOf(flow), 0);
  const polls =
    employees * ASSUMED.workstationHours * ASSUMED.pollsAnHour + tickets * ASSUMED.openHours * ASSUMED.openPollsAnHour;
  const timers = ASSUMED.timersAnHour * ASSUMED.hoursAMonth;

  const busyHours = polls === 0 ? 0 : ASSUMED.workstationHours;
  const instances = Math.max(1, Math.ceil(polls / (busyHours * 3600) / ASSUMED.pollsASecond));
  const idleTimers = ASSUMED.timersAnHour * (ASSUMED.hoursAMonth - busyHours);
  const gbSeconds = (busyHours * 3600 * instances + idleTimers) * ASSUMED.instanceGb;
  const executions = polls + timers + tickets * 40;
  const compute =
    Math.max(0, gbSeconds - PRICES.freeGbSeconds) * PRICES.gbSecond +
    Math.max(0, executions - PRICES.freeExecutions) * PRICES.execution;

  const calls =
    flows.reduce((sum, flow) => sum + ticketsOf(flow) * CALLS.ticket[flow], 0) +
    polls * CALLS.poll +
    ASSUMED.hoursAMonth * CALLS.idleHour;
  const gb = (tickets * ASSUMED.keptMonths * ASSUMED.rowsKbATicket) / 1e6;
  const storage = calls * PRICES.storageCall + gb * PRICES.storageGbMonth;

  const logGb = (tickets * ASSUMED.logKbATicket) / 1e6;
  const rest =
    tickets * ASSUMED.signaturesATicket * PRICES.signature + Math.max(0, logGb - PRICES.freeLogGb) * PRICES.logGb;
  return { compute, storage, rest, total: compute + storage + rest };
}
