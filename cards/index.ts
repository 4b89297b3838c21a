export { absenceCard, type AbsenceModel } from './absence';
export { type AdaptiveCard, type CardAction, type CardElement } from './card';
export { approvalCard, type ApprovalModel, type Contact } from './approval';
export { chatLink } from './chat-link';
export { confirmWorkstationCard, type ConfirmWorkstationModel } from './confirm-workstation';
export { deliveriesCard, type DeliveriesModel } from './deliveries';
export { errorCard, type ErrorModel } from './error';
export {
  type FoundPerson,
  personPreview,
  type Preview,
  publicPersonCard,
  publicTicketCard,
  ticketPreview,
} from './found';
export { fileOfferedCard } from './file-offered';
export { groupCard, groupRefusalCard, tooOldCard } from './group';
export { helpdeskTicketCard, type HelpdeskTicketModel } from './helpdesk-ticket';
export { historyCard, type HistoryModel } from './history';
export { homeCard, type HomeModel } from './home';
export { ALL, allOf, type FieldProblem, INPUT, type InputId, NONE } from './inputs';
export { hintedCommand, matchCommand, type CommandName, type Matched } from './match-command';
export { pairCard, type PairModel } from './pair';
export { passCard, type PassModel } from './pass';
export { type MailModel, ticketMail } from './mail';
export { notMePage, notMeTrouble, type NotMeModel } from './not-me-page';
export { outerNote } from './outer-note';
export { PAGE_STYLE } from './html';
export { label, plain } from './plain';
export { progressCard } from './progress';
export { queueCard, sharedQueueCard, type QueueModel } from './queue';
export { readinessCard, type ReadinessItem, type ReadinessModel } from './readiness';
export { REFRESHED_AT_MOST, withRefresh } from './refresh';
export { refusalCard, type RefusalModel } from './refusal';
export { requestForm, type RequestModel } from './request';
export { saidOf } from './said';
export { type ProgressModel } from './stages/stage';
export { sentCard } from './sent';
export { inPlace, PLACE_VERBS, sharedTicketCard, type SharedTicketModel, withdrawnCard } from './shared-ticket';
export { staleCard, type StaleModel } from './stale';
export { ticketListCard, type TicketListModel } from './ticket-list';
export { vouchCodeCard, type VouchCodeModel } from './vouch-code';
export { type Said, type Words } from './words/en';
export { ALL_WORDS, wordsFor } from './words/words-for';
export { workstationsCard, type WorkstationRow, type WorkstationsModel } from './workstations';
export { whoCard, whoChoiceCard, type WhoModel } from './who';
