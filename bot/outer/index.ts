export { type Channel, type Known, type Told } from './channel';
export { type OutwardEvent } from './event-schema';
export { createOuter, type Outer, SYSTEM_SECRET, WEBHOOK_SECRET } from './outer';
export { outwardEvents } from './outward';
