export { absencesOf, type AbsenceAnswer, endAbsence, enterAbsence } from './absence';
export { act, type Action, look } from './act';
export { type Absence } from './approvals-port';
export { tenantFullUntil } from './limits';
export { ask, findPerson, mayAskFor, type Request } from './ask';
export { type Deps, type Log } from './deps';
export { desksInUse } from './desks';
export { helpdeskMembers } from './helpdesk-members';
export { jobsFor } from './jobs';
export { modelsAt } from './models';
export { jobState, startJob, takeResult } from './workstation-jobs';
export { catchUp, mine, ticketByText, waiting } from './lists';
export { notMeOf, type NotMe, sayNotMe } from './not-me';
export { type Member, memberOf } from './member';
export { type Contact, type Delivered, type Messenger, type Outcome, type TicketDetails } from './messenger';
export { settled, settleNow } from './outbox';
export {
  confirmWorkstation,
  pairingCode,
  pairWorkstation,
  refuseWorkstation,
  removeWorkstation,
  workstationsOf,
} from './pairing';
export { placeNow } from './places';
export { type PlaceRecord } from './places-port';
export { shareQueue, shareTicket, unshareTicket } from './share';
export { searchPeople, searchTickets } from './search';
export { passkeyOf, readSubject } from './subject';
export { sweepOutbox, sweepTime } from './sweep';
export { type DeskVerb } from './desk-command';
export { type HelpdeskDetails, helpdeskDetails, lookBack, whoWasReached } from './helpdesk-details';
export { queue, type QueuePage } from './queue';
export { type PersonNow, whoIs, type WhoAnswer } from './who';
export { EXPORTED_AT_MOST, exportFile, type ExportFile, type ExportFormat, type ExportWanted } from './export';
export { type FileMessenger, type FileOffer } from './files-port';
