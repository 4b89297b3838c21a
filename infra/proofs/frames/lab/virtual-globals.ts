/** What esbuild puts in the place of the globals of the same meaning: see bundle.ts. */
export { virtualAbortAfter, virtualClear, virtualNow, virtualSetInterval, virtualSetTimeout } from './virtual-time';
