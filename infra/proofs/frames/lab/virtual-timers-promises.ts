/** Stands for node:timers/promises in the lab's bundle. */
export { virtualSleep as setTimeout } from './virtual-time';
